/// What objects do when nobody else is near: sequential specifications.
///
/// A judge asks one thing of a model: in this state, may this action happen, and what is the state
/// then?
///
/// ```
///   initial ──put 1──► 1 ──get -> 1──► 1 ──cas 1 2 -> true──► 2
///                      └──get -> 2──► null: not legal here
/// ```
///
/// A model of your own is a record with two methods,
/// [dev.nucleusdb.linearizability.model.Model#initial] and
/// [dev.nucleusdb.linearizability.model.Model#step]; the others only make the search faster or the
/// errors clearer.
///
/// Imports `history`. Read on in [dev.nucleusdb.linearizability.model.KeyValue], then in the root
/// package for the search.
package dev.nucleusdb.linearizability.model;
