/// The bug catalogue: deliberate bugs, planted from outside, that score the checkers.
///
/// ```
///   Bug ──plant──► Blueprint with one rule replaced or one seam wrapped ──► some check must fire
/// ```
///
/// The product's code knows nothing of it. Imports `cluster`.
package dev.nucleusdb.scenarios.bug;
