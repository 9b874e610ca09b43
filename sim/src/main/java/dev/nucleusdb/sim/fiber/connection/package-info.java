/// What programs are used to find above messages: questions with answers, and byte streams.
///
/// ```
///   Requests.call ──► Answer: Reply | Unknown | Refused        Requests.serve ──► RequestHandler
///        └── one message there, one back; lost, doubled, late: all as the network does
///
///   Streams.listen ──► Listener.accept ──► ByteStream ◄── Streams.connect
///        write ──► Outgoing ──DATA, FIN──► Incoming ──► read      all over Post, in the open network
///                     ▲──────ACK, ROOM──────┘   sent again until acknowledged, or given up
/// ```
///
/// Nothing here looks into the network: a cut cable is silence, a crashed peer a reset once it is
/// up again. Imports `core` and `sim.fiber`. Read [Requests], then [ByteStream].
package dev.nucleusdb.sim.fiber.connection;
