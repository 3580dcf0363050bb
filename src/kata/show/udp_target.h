// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <sys/socket.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace kata {

/// Datagrams to a host of either Internet protocol, to the addresses of a broadcast, too.
///
/// A name may have several addresses ("localhost": 127.0.0.1 and ::1); where nobody listens at one,
/// the next is tried, IPv4 first.
class UdpTarget {
 public:
  /// Throws Error{kUnavailable} when the host cannot be found or reached from this computer.
  UdpTarget(const std::string& host, const std::string& port);
  ~UdpTarget();
  UdpTarget(const UdpTarget&) = delete;
  UdpTarget& operator=(const UdpTarget&) = delete;

  /// Why it could not be sent, in words; empty when it was. Whether it arrives is not known.
  std::optional<std::string> send(std::span<const std::byte> datagram);

 private:
  struct Address {
    sockaddr_storage value{};
    socklen_t size = 0;
    int family = 0;
  };

  void resolve(const std::string& host, const std::string& port);
  /// errno of what failed; 0 = connected.
  int connect_to(const Address& address);
  int put(std::span<const std::byte> datagram) const;
  bool try_next();

  std::vector<Address> addresses_;
  std::size_t current_ = 0;
  std::size_t refused_ = 0;  ///< addresses at which nobody listened, one after the other
  int socket_ = -1;
  std::vector<std::byte> last_;  ///< a refusal is told with the next datagram
};

}  // namespace kata
