package dev.nucleusdb.linearizability.search;

/// Sorts numbers by their times: a merge sort from the bottom, stable, which leaves alone what is
/// in order already, as histories mostly are.
final class TimeOrder {
  private TimeOrder() {}

  /// Sorts numbers in place.
  ///
  /// @param times by number
  static void sort(int[] numbers, long[] times) {
    if (isSorted(numbers, times)) {
      return;
    }
    int[] from = numbers;
    int[] to = new int[numbers.length];
    boolean elsewhere = false;
    for (int width = 1; width < numbers.length; width *= 2) {
      for (int start = 0; start < numbers.length; start += 2 * width) {
        int middle = Math.min(start + width, numbers.length);
        int end = Math.min(start + 2 * width, numbers.length);
        merge(from, to, start, middle, end, times);
      }
      int[] swapped = from;
      from = to;
      to = swapped;
      elsewhere = !elsewhere;
    }
    if (elsewhere) {
      System.arraycopy(from, 0, numbers, 0, numbers.length);
    }
  }

  private static boolean isSorted(int[] numbers, long[] times) {
    for (int place = 1; place < numbers.length; place++) {
      if (times[numbers[place - 1]] > times[numbers[place]]) {
        return false;
      }
    }
    return true;
  }

  private static void merge(int[] from, int[] to, int start, int middle, int end, long[] times) {
    if (middle >= end || times[from[middle - 1]] <= times[from[middle]]) {
      System.arraycopy(from, start, to, start, end - start);
      return;
    }
    int left = start;
    int right = middle;
    for (int place = start; place < end; place++) {
      boolean takesLeft =
          right >= end || (left < middle && times[from[left]] <= times[from[right]]);
      to[place] = takesLeft ? from[left++] : from[right++];
    }
  }
}
