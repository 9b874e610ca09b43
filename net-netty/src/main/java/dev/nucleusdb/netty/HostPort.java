package dev.nucleusdb.netty;

import static dev.nucleusdb.core.assertion.Assertions.require;

import dev.nucleusdb.core.network.Address;
import java.net.InetSocketAddress;

/// An address that can be dialled: `host:port`, and `[host]:port` for an IPv6 address.
///
/// @param host a name or a number
/// @param port 0 to 65535; 0 lets the operating system choose, when listening
record HostPort(String host, int port) {

  /// @throws IllegalArgumentException if the text is none; one line that says so
  static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    require(colon > 0, "'%s' is no address; write host:port", text);
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else {
      require(host.indexOf(':') < 0, "'%s' is no address; write [host]:port", text);
    }
    String digits = text.substring(colon + 1);
    require(digits.matches("[0-9]{1,5}"), "'%s' has no port; write host:port", text);
    int port = Integer.parseInt(digits);
    require(port <= 65535, "'%s' has a port above 65535", text);
    require(host.matches("[^\\s@/]+"), "'%s' has no host; write host:port", text);
    return new HostPort(host, port);
  }

  HostPort withPort(int newPort) {
    return new HostPort(host, newPort);
  }

  Address toAddress() {
    return new Address(toString());
  }

  InetSocketAddress toUnresolved() {
    return InetSocketAddress.createUnresolved(host, port);
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
