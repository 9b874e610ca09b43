/// Bitcask, hand-written: core's `StorageEngine` port over core's `Disk` seam alone.
@org.jspecify.annotations.NullMarked
module dev.nucleusdb.bitcask {
  requires static transitive org.jspecify;
  requires transitive dev.nucleusdb.core;

  // for whoever asks for zstd
  requires static com.github.luben.zstd_jni;

  exports dev.nucleusdb.bitcask;
  exports dev.nucleusdb.bitcask.backup;
  exports dev.nucleusdb.bitcask.cipher;
  exports dev.nucleusdb.bitcask.compression;
  exports dev.nucleusdb.bitcask.format;
  exports dev.nucleusdb.bitcask.hint;
  exports dev.nucleusdb.bitcask.index;
  exports dev.nucleusdb.bitcask.inspect;
  exports dev.nucleusdb.bitcask.large;
  exports dev.nucleusdb.bitcask.merge;
  exports dev.nucleusdb.bitcask.offheap;
  exports dev.nucleusdb.bitcask.recovery;
  exports dev.nucleusdb.bitcask.segment;
  exports dev.nucleusdb.bitcask.store;
}
