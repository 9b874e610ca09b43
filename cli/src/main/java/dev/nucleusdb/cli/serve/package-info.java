/// `serve` and `cluster`: nodes on this machine.
///
/// ```
///   ClusterCommand ──process──► ServeCommand ──► NodeRunner ──► DatabaseNode on real seams
/// ```
///
/// Imports `shell` and the rooms of the product.
package dev.nucleusdb.cli.serve;
