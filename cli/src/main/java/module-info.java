/// The command `nucleus`.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.cli {
  requires static transitive org.jspecify;
  requires dev.nucleusdb.bench;
  requires dev.nucleusdb.linearizability;
  requires dev.nucleusdb.netty;
  requires dev.nucleusdb.scenarios;
  requires info.picocli;
  requires java.management;
  requires jdk.management;
  requires HdrHistogram;

  opens dev.nucleusdb.cli to
      info.picocli;
  opens dev.nucleusdb.cli.bench to
      info.picocli;
  opens dev.nucleusdb.cli.check to
      info.picocli;
  opens dev.nucleusdb.cli.client to
      info.picocli;
  opens dev.nucleusdb.cli.inspect to
      info.picocli;
  opens dev.nucleusdb.cli.serve to
      info.picocli;
  opens dev.nucleusdb.cli.shell to
      info.picocli;
  opens dev.nucleusdb.cli.simulate to
      info.picocli;
}
