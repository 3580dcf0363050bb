// SPDX-License-Identifier: Apache-2.0
#include "kata/session/craft_folder.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cctype>
#include <chrono>
#include <system_error>
#include <utility>

#include "kata/core/error.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".kata";
constexpr std::string_view kRemovedEnding = ".kata.removed";
constexpr std::size_t kLongestName = 60;
constexpr std::string_view kOutgoing = ".outgoing-";
constexpr std::string_view kIncoming = ".incoming-";
constexpr std::chrono::hours kForgottenAfter{24};

/// FNV-1a, 64 bits: an address, not a secret.
std::uint64_t fnv_1a(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  return hash;
}

std::string hex(std::uint64_t value) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text(16, '0');
  for (std::size_t i = 0; i < 16; ++i) text[15 - i] = kDigits[(value >> (4 * i)) & 15];
  return text;
}

std::string file_name_from_title(std::string_view title) {
  std::string name;
  for (const char c : title) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 && byte < 128) {
      name += static_cast<char>(std::tolower(byte));
    } else if (!name.empty() && name.back() != '-') {
      name += '-';
    }
    if (name.size() >= kLongestName) break;
  }
  while (!name.empty() && name.back() == '-') name.pop_back();
  return name.empty() ? "craft" : name;
}

void check(const std::error_code& error, const char* what) {
  if (error) throw Error(ErrorCode::kIo, std::string(what) + ": " + error.message());
}

/// While another program has the file open, part of it may still lie beside it.
void check_closed(const fs::path& path) {
  std::error_code error;
  const auto size = fs::file_size(path.string() + "-wal", error);
  if (!error && size > 0) {
    throw Error(ErrorCode::kUnavailable,
                "the craft is open in another program; close it there first");
  }
}

}  // namespace

CraftFolder::CraftFolder(fs::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (!fs::is_directory(folder_)) {
    throw Error(ErrorCode::kIo, "the folder of crafts cannot be opened: " + folder_.string());
  }
}

std::vector<CraftFolder::Entry> CraftFolder::entries_with_ending(std::string_view ending) const {
  std::vector<Entry> found;
  std::error_code error;
  for (auto file = fs::directory_iterator(folder_, error);
       !error && file != fs::directory_iterator(); file.increment(error)) {
    const std::string name = file->path().filename().string();
    std::error_code ignored;
    if (name.starts_with('.') || !name.ends_with(ending) || !file->is_regular_file(ignored))
      continue;
    const std::string stem = name.substr(0, name.size() - ending.size());
    found.push_back({id_of(stem + std::string(kEnding)), file->path(), stem});
  }
  check(error, "the folder of crafts cannot be read");
  std::ranges::sort(found, {}, &Entry::name);
  return found;
}

std::vector<CraftFolder::Entry> CraftFolder::entries() const {
  return entries_with_ending(kEnding);
}
std::vector<CraftFolder::Entry> CraftFolder::removed() const {
  return entries_with_ending(kRemovedEnding);
}

std::string CraftFolder::id_of(const fs::path& path) {
  return hex(fnv_1a(path.filename().string()));
}

bool CraftFolder::is_named_after(const fs::path& path, std::string_view title) {
  const std::string stem = path.stem().string();
  const std::string name = file_name_from_title(title);
  if (!stem.starts_with(name)) return false;
  const std::string_view number = std::string_view(stem).substr(name.size());
  return number.empty() || (number.size() > 1 && number[0] == '-' &&
                            number.find_first_not_of("0123456789", 1) == std::string_view::npos);
}

fs::path CraftFolder::path(std::string_view id) const {
  for (const Entry& entry : entries()) {
    if (entry.id == id) return entry.path;
  }
  throw Error(ErrorCode::kNotFound, "there is no such craft");
}

fs::path CraftFolder::free_path(std::string_view title) const {
  const std::string name = file_name_from_title(title);
  for (int number = 1;; ++number) {
    const std::string unique = number == 1 ? name : name + "-" + std::to_string(number);
    fs::path path = folder_ / (unique + std::string(kEnding));
    if (!fs::exists(path) && !fs::exists(folder_ / (unique + std::string(kRemovedEnding))))
      return path;
  }
}

void CraftFolder::remove(std::string_view id) const {
  const fs::path from = path(id);
  check_closed(from);
  std::error_code error;
  fs::rename(from, from.string() + std::string(kRemovedEnding.substr(kEnding.size())), error);
  check(error, "the craft cannot be removed");
}

void CraftFolder::restore(std::string_view id) const {
  for (const Entry& entry : removed()) {
    if (entry.id != id) continue;
    const fs::path to = folder_ / (entry.name + std::string(kEnding));
    if (fs::exists(to)) throw Error(ErrorCode::kUnavailable, "another craft has this name now");
    std::error_code error;
    fs::rename(entry.path, to, error);
    check(error, "the craft cannot be brought back");
    return;
  }
  throw Error(ErrorCode::kNotFound, "there is no such removed craft");
}

fs::path CraftFolder::duplicate(std::string_view id) const {
  const fs::path from = path(id);
  check_closed(from);
  const fs::path to = free_path(from.stem().string());
  const fs::path unfinished = folder_ / ("." + to.filename().string() + ".part");
  std::error_code error;
  fs::copy_file(from, unfinished, fs::copy_options::overwrite_existing, error);
  if (!error) fs::rename(unfinished, to, error);
  if (error) {
    std::error_code ignored;
    fs::remove(unfinished, ignored);
  }
  check(error, "the craft cannot be copied");
  return to;
}

fs::path CraftFolder::outgoing_path() const {
  static std::atomic<unsigned> counter{0};
  return folder_ / (std::string(kOutgoing) + std::to_string(getpid()) + "-" +
                    std::to_string(counter++) + ".part");
}

void CraftFolder::sweep() const {
  const auto now = fs::file_time_type::clock::now();
  std::error_code error;
  for (auto file = fs::directory_iterator(folder_, error);
       !error && file != fs::directory_iterator(); file.increment(error)) {
    const std::string name = file->path().filename().string();
    std::error_code ignored;
    const bool is_ours = name.starts_with(kOutgoing) || name.starts_with(kIncoming);
    if (!is_ours || !file->is_regular_file(ignored)) continue;
    const auto changed = file->last_write_time(ignored);
    if (!ignored && now - changed > kForgottenAfter) fs::remove(file->path(), ignored);
  }
}

fs::path CraftFolder::adopt(const fs::path& incoming, std::string_view title) const {
  fs::path to = free_path(title);
  std::error_code error;
  fs::rename(incoming, to, error);
  check(error, "the craft cannot be stored");
  return to;
}

}  // namespace kata
