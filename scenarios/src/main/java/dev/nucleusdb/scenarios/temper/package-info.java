/// What worlds are inclined to. Independent faults meet each other, and the states that they are
/// bad for, too seldom; a temperament is a class of trouble in which they do.
///
/// ```
///   seed ──► mix of faults ──┬── two of three worlds: as it is
///                            └── one of three: thinned, and a temperament on top:
///                                  a node passes a named place ──► ambush ──► entries of the plan
/// ```
///
/// May import the simulator's faults, and nothing of the product: places are known by their names.
/// `docs/simulation.md` lists all temperaments.
package dev.nucleusdb.scenarios.temper;
