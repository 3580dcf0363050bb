// SPDX-License-Identifier: Apache-2.0
#include "kata/store/new_file.h"

#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

namespace kata {
namespace fs = std::filesystem;
namespace {

/// Sweeps the half-made file away unless it came to its place.
class HalfMade {
 public:
  explicit HalfMade(fs::path path) : path_(std::move(path)) {}
  ~HalfMade() {
    std::error_code ignored;
    fs::remove(path_, ignored);
    fs::remove(path_.string() + "-journal", ignored);
  }
  HalfMade(const HalfMade&) = delete;
  HalfMade& operator=(const HalfMade&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

Error there_already(const fs::path& path) {
  return {ErrorCode::kInvalidArgument, "there is a file of that name already: " + path.string()};
}

}  // namespace

void make_new_file(const FileKind& kind, const fs::path& path,
                   const std::function<void(sqlite::Database&)>& first_rows) {
  std::error_code unknown;
  if (fs::exists(path, unknown)) throw there_already(path);
  // Made under another name and linked into place: no half-made file, no other's file replaced.
  const HalfMade half_made(path.parent_path() / ("." + path.filename().string() + "." +
                                                 std::to_string(::getpid()) + ".new"));
  translated(kind, path, [&] {
    sqlite::Database database = open_untrusted(half_made.path(), sqlite::Open::kOrNew);
    database.run("PRAGMA application_id = " + std::to_string(kind.application_id));
    bring_up_to_date(kind, database);
    if (first_rows) first_rows(database);
  });
  if (::link(half_made.path().c_str(), path.c_str()) != 0) {
    if (errno == EEXIST) throw there_already(path);
    fs::rename(half_made.path(), path, unknown);  // file systems without hard links
    if (unknown) {
      throw Error(ErrorCode::kIo,
                  std::string("the ") + kind.name + " file cannot be made: " + path.string());
    }
  }
}

}  // namespace kata
