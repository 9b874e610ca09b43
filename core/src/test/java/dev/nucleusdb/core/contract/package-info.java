/// The contracts of the seams and ports, as tests that every implementation extends.
@org.jspecify.annotations.NullMarked
package dev.nucleusdb.core.contract;
