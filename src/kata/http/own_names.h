// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kata {

/// Who a Host header or an origin speaks of, as browsers compare it: small letters, no dot at the
/// end.
struct Authority {
  std::string name;         ///< an IPv6 address keeps its brackets
  std::optional<int> port;  ///< empty = the scheme's own
  bool operator==(const Authority&) const = default;
};

/// Reads "NAME", "NAME:PORT" or "[IPV6]:PORT"; empty for anything else, such as a user's name in
/// front, a path behind, spaces or a second port.
std::optional<Authority> authority_from(std::string_view text);

/// The names under which a server answers, whatever the port: who forwards a port chooses another.
///
/// "localhost" and the loopback addresses are always among them, because no foreign name server
/// decides where they lead. Not for several threads.
class OwnNames {
 public:
  using Now = std::function<std::vector<std::string>()>;
  /// `given`: names that the user named. `now`: names and addresses that may change while the
  /// server runs; asked again when a name is not known. Throws Error{kInvalidArgument} for what is
  /// no name.
  explicit OwnNames(const std::vector<std::string>& given, Now now = {});

  bool has(std::string_view name) const;
  /// Whether the user named it: a server in front may speak https there for us.
  bool is_given(std::string_view name) const;

 private:
  std::vector<std::string> given_;
  Now now_;
  mutable std::vector<std::string> known_;
  mutable std::chrono::steady_clock::time_point asked_{};
};

/// This computer's IPv4 addresses in its networks, now.
std::vector<std::string> own_addresses();
/// The computer's own name, and the one that others find without a name server (NAME.local).
std::vector<std::string> own_host_names();

}  // namespace kata
