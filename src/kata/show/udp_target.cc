// SPDX-License-Identifier: Apache-2.0
#include "kata/show/udp_target.h"

#include <netdb.h>
#include <netinet/in.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>

#include "kata/core/error.h"

namespace kata {
namespace {

struct FreeAddresses {
  void operator()(addrinfo* list) const { freeaddrinfo(list); }
};

std::string reason_of(int error) {
  return error == ECONNREFUSED ? "nobody listens there" : std::strerror(error);
}

bool is_link_local(const sockaddr_storage& address) {
  if (address.ss_family != AF_INET6) return false;
  in6_addr wanted{};
  std::memcpy(&wanted, &reinterpret_cast<const sockaddr_in6&>(address).sin6_addr, sizeof wanted);
  return IN6_IS_ADDR_LINKLOCAL(&wanted);
}

}  // namespace

UdpTarget::UdpTarget(const std::string& host, const std::string& port) {
  resolve(host, port);
  int error = 0;
  for (current_ = 0; current_ < addresses_.size(); ++current_) {
    error = connect_to(addresses_[current_]);
    if (error == 0) return;
  }
  const bool lacks_zone = error == EINVAL && is_link_local(addresses_.back().value);
  throw Error(ErrorCode::kUnavailable,
              "nothing can be sent to the host " + host + " (" +
                  (lacks_zone ? "a link-local address needs its interface: [fe80::1%eth0]:PORT"
                              : reason_of(error)) +
                  ")");
}

UdpTarget::~UdpTarget() {
  if (socket_ >= 0) close(socket_);
}

void UdpTarget::resolve(const std::string& host, const std::string& port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_DGRAM;
  wanted.ai_flags = AI_NUMERICSERV;
  addrinfo* list = nullptr;
  const int failure = getaddrinfo(host.c_str(), port.c_str(), &wanted, &list);
  const std::unique_ptr<addrinfo, FreeAddresses> owner(list);
  if (failure != 0) {
    throw Error(ErrorCode::kUnavailable, "the host \"" + host + "\" cannot be found (" +
                                             gai_strerror(failure) +
                                             "); check the name, or give its address");
  }
  for (const addrinfo* entry = list; entry != nullptr; entry = entry->ai_next) {
    if (entry->ai_family != AF_INET && entry->ai_family != AF_INET6) continue;
    Address address;
    std::memcpy(&address.value, entry->ai_addr, entry->ai_addrlen);
    address.size = entry->ai_addrlen;
    address.family = entry->ai_family;
    addresses_.push_back(address);
  }
  // Most music and stage programs listen on IPv4 only.
  std::ranges::stable_partition(addresses_,
                                [](const Address& each) { return each.family == AF_INET; });
}

int UdpTarget::connect_to(const Address& address) {
  if (socket_ >= 0) close(socket_);
  socket_ = socket(address.family, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket_ < 0) return errno;
  const int is_allowed = 1;
  if (address.family == AF_INET)
    setsockopt(socket_, SOL_SOCKET, SO_BROADCAST, &is_allowed, sizeof is_allowed);
  return connect(socket_, reinterpret_cast<const sockaddr*>(&address.value), address.size) == 0
             ? 0
             : errno;
}

int UdpTarget::put(std::span<const std::byte> datagram) const {
  ssize_t sent = 0;
  do {
    sent = ::send(socket_, datagram.data(), datagram.size(), MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent < 0 ? errno : 0;
}

bool UdpTarget::try_next() {
  if (++refused_ >= addresses_.size()) return false;
  current_ = (current_ + 1) % addresses_.size();
  return connect_to(addresses_[current_]) == 0;
}

std::optional<std::string> UdpTarget::send(std::span<const std::byte> datagram) {
  int error = put(datagram);
  while (error == ECONNREFUSED && try_next()) {
    if (!last_.empty()) put(last_);
    error = put(datagram);
  }
  // The refusal was that of the datagram before; this one may be heard.
  if (error == ECONNREFUSED) {
    refused_ = 0;
    put(datagram);
  }
  last_.assign(datagram.begin(), datagram.end());
  return error == 0 ? std::nullopt : std::optional(reason_of(error));
}

}  // namespace kata
