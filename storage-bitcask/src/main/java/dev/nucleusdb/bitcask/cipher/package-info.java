/// What makes the records of a store unreadable without its key: AES-GCM (NIST SP 800-38D), one key
/// for each file, one random nonce for each record.
///
/// ```
///   StoreKey ──HKDF, store id──► StoreCipher ──► fingerprint in the manifest
///                                     └──HKDF, file id──► FileCipher ──Aead, nonce──► record, hint
/// ```
///
/// JDK alone (`javax.crypto`) and core's `RandomSource`. The argument stands in
/// `docs/formats/bitcask.md`. Begin with `StoreKey`.
package dev.nucleusdb.bitcask.cipher;
