/// stub
package dev.nucleusdb.bitcask.index;
