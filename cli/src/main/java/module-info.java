/// The command `nucleus`, and the tests of the whole house.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.cli {
  requires static transitive org.jspecify;
  requires dev.nucleusdb.scenarios;
}
