/// Words of the wire to words of the house and back.
///
/// ```
///   bytes ◄──► ClientRequest, ClientReply (protobuf, database.proto) ◄──► Request, Answer ◄──► api
/// ```
///
/// Imports `api` and the generated `wire` classes, which nothing outside of `gateway` sees.
package dev.nucleusdb.database.gateway;
