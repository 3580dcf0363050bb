// SPDX-License-Identifier: Apache-2.0
#include "kata/session/incoming_craft.h"

#include <fcntl.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "kata/core/error.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kBeginning = ".incoming-";
constexpr std::string_view kEnding = ".part";
/// What every SQLite file begins with.
constexpr std::string_view kMagic("SQLite format 3\0", 16);

bool may_be_craft(std::span<const char> piece, std::uint64_t at) {
  for (std::size_t i = 0; i < piece.size() && at + i < kMagic.size(); ++i) {
    if (piece[i] != kMagic[at + i]) return false;
  }
  return true;
}

Error disk_error() {
  return {ErrorCode::kIo, errno == ENOSPC || errno == EDQUOT
                              ? "the disk is full; the file was not stored"
                              : "the file cannot be stored in the folder of crafts"};
}

}  // namespace

IncomingCraft::IncomingCraft(const fs::path& folder) {
  static std::atomic<unsigned> counter{0};
  path_ = folder / (std::string(kBeginning) + std::to_string(getpid()) + "-" +
                    std::to_string(counter++) + std::string(kEnding));
  file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file_ < 0) throw disk_error();
}

IncomingCraft::~IncomingCraft() {
  if (file_ >= 0) ::close(file_);
  for (const char* ending : {"", "-wal", "-shm", "-journal"}) {
    std::error_code ignored;
    fs::remove(path_.string() + ending, ignored);
  }
}

void IncomingCraft::add(std::span<const char> piece) {
  if (!may_be_craft(piece, size_))
    throw Error(ErrorCode::kCorrupt, "the file is no craft, or it is damaged");
  size_ += piece.size();
  if (size_ > kLargestImport) throw Error(ErrorCode::kInvalidArgument, too_large_to_import());
  while (!piece.empty()) {
    const ssize_t written = ::write(file_, piece.data(), piece.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) throw disk_error();
    piece = piece.subspan(static_cast<std::size_t>(written));
  }
}

void IncomingCraft::close() {
  const int file = std::exchange(file_, -1);
  if (file >= 0 && ::close(file) != 0) throw disk_error();
}

}  // namespace kata
