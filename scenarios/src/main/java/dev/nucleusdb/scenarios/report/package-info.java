/// One world as one HTML file: a timeline to zoom, search and read, that needs nothing else.
///
/// ```
///   WorldResult ─┐
///                ├─► KeptEvents ──► TimelineData ──JSON──┐
///   Recording  ──┤   what there      lanes, columns      ├─► TimelinePage ──► one HTML document
///   Explanation ─┘   is room for     of numbers          │
///        │                     timeline.html, .css, *.js ┤   (resources of this package)
///        └──► CounterexamplePicture ─────────────────────┘
/// ```
///
/// Java only encodes; what is drawn, and how, stands in the scripts. The same world gives the same
/// page, byte for byte. No text of the world can leave its place: it is escaped as HTML in the head
/// of the page, and as JSON without `<` in its data.
///
/// Imports `scenarios`, `explain`, `workload`, `sim.trace`, `sim.fault` and `linearizability`. Read
/// [TimelinePage], then [TimelineData] for the form of the data, then `timeline-data.js`.
package dev.nucleusdb.scenarios.report;
