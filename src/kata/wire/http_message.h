// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace kata {

/// A request whose head has passed the gate; text as it came, nothing decoded but the path.
struct HttpRequest {
  std::string method;
  std::vector<std::string> path;  ///< segments between slashes: "/api/crafts" is {"api", "crafts"}
  std::string content_type;
  std::string body;
};

struct HttpResponse {
  int status = 200;
  std::string content_type = "application/json; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
  std::filesystem::path file;        ///< sent in place of `body`, piece by piece; empty = none
  std::shared_ptr<const void> keep;  ///< what keeps that file as it is
  std::string trouble;               ///< for the program's log, not for the visitor; empty = none
};

/// The segments of a request's target without its query; empty when it is no plain absolute path
/// (percent signs, backslashes, "..", control characters: nothing this server offers needs them).
std::optional<std::vector<std::string>> path_from_target(std::string_view target);

/// The value of a query's field; only letters, digits, '-' and '_' occur in the values we use.
std::optional<std::string> query_value(std::string_view target, std::string_view name);

}  // namespace kata
