package dev.nucleusdb.bench.load;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What the whole process has used so far: all nodes, the load, the collector, the compiler.
///
/// @param nanos now
/// @param cpuNanos CPU time
/// @param allocatedBytes bytes that all Java threads have allocated on the heap
public record ProcessCost(long nanos, long cpuNanos, long allocatedBytes) {

  /// Up to now.
  public static ProcessCost now() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return new ProcessCost(
        System.nanoTime(), system.getProcessCpuTime(), threads.getTotalThreadAllocatedBytes());
  }

  /// What was used since.
  public ProcessCost since(ProcessCost earlier) {
    return new ProcessCost(
        nanos - earlier.nanos,
        cpuNanos - earlier.cpuNanos,
        allocatedBytes - earlier.allocatedBytes);
  }
}
