/// The command `nucleus`.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.cli {
  requires static transitive org.jspecify;
  requires dev.nucleusdb.linearizability;
  requires dev.nucleusdb.netty;
  requires dev.nucleusdb.scenarios;
  requires info.picocli;
  requires java.management;
  requires HdrHistogram;

  opens dev.nucleusdb.cli to
      info.picocli;
}
