// SPDX-License-Identifier: Apache-2.0
#include "kata/http/kept_secrets.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <system_error>

#include "kata/core/error.h"

namespace kata {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr std::int64_t kRenewAfter_s = 330L * 24 * 3600;  // a month before it runs out
constexpr std::size_t kTokenLength = 32;

std::int64_t now_s() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::optional<std::string> read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// Whole or not at all, and nobody else's to read at any moment.
void write(const fs::path& folder, const char* name, std::string_view text) {
  std::error_code error;
  if (fs::create_directories(folder, error)) fs::permissions(folder, fs::perms::owner_all, error);
  const fs::path unfinished = folder / (std::string(".") + name + ".part");
  const int file = open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool is_written =
      file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (file >= 0) ::close(file);
  if (is_written) fs::rename(unfinished, folder / name, error);
  if (!is_written || error) {
    throw Error(
        ErrorCode::kIo,
        "the certificate and the token for other devices cannot be kept in " + folder.string());
  }
}

std::optional<Certificate> read_certificate(const fs::path& folder, const json& names) {
  const auto text = read(folder / "certificate.json");
  const json stored = text ? json::parse(*text, nullptr, false) : json();
  if (!stored.is_object() || stored.value("names", json()) != names) return std::nullopt;
  if (!stored.contains("made_s") || !stored["made_s"].is_number_integer()) return std::nullopt;
  const auto age_s = now_s() - stored["made_s"].get<std::int64_t>();
  if (age_s < 0 || age_s > kRenewAfter_s) return std::nullopt;
  if (!stored.contains("key") || !stored["key"].is_string() || !stored.contains("chain") ||
      !stored["chain"].is_string()) {
    return std::nullopt;
  }
  return Certificate{stored["key"], stored["chain"]};
}

}  // namespace

Certificate kept_certificate(const fs::path& folder, const std::vector<std::string>& names,
                             const std::vector<std::string>& addresses) {
  if (folder.empty()) return make_certificate(names, addresses);
  const json wanted = {names, addresses};
  if (auto kept = read_certificate(folder, wanted)) return std::move(*kept);
  Certificate made = make_certificate(names, addresses);
  write(folder, "certificate.json",
        json{{"names", wanted}, {"made_s", now_s()}, {"key", made.key}, {"chain", made.chain}}
            .dump());
  return made;
}

std::string kept_token(const fs::path& folder, bool is_new) {
  if (folder.empty()) return random_token();
  if (!is_new) {
    const auto kept = read(folder / "token");
    const bool is_token =
        kept && kept->size() == kTokenLength && std::ranges::all_of(*kept, [](char c) {
          return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        });
    if (is_token) return *kept;
  }
  std::string token = random_token();
  write(folder, "token", token);
  return token;
}

}  // namespace kata
