// SPDX-License-Identifier: Apache-2.0
#include "kata/show/unfinished_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <string>
#include <system_error>

#include "kata/core/error.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

/// Names may be 255 bytes long; the rest of the temporary one needs room.
constexpr std::size_t kMostOfName = 200;
constexpr ::mode_t kUsualMode = 0666;  // less what the user's umask takes
constexpr ::mode_t kPermissions = 07777;

/// Unlike any other in the folder, of this process or another.
fs::path temporary_name(const OutputPlace& place) {
  if (place.is_stream) return place.target;
  static std::atomic<unsigned> count = 0;
  const std::string name = "." + place.target.filename().string().substr(0, kMostOfName) +
                           ".unfinished-" + std::to_string(::getpid()) + "-" +
                           std::to_string(count++);
  return place.target.parent_path() / name;
}

}  // namespace

UnfinishedFile::UnfinishedFile(const fs::path& path)
    : place_(output_place(path)), temporary_(temporary_name(place_)) {
  if (place_.is_stream) return;
  const int file = ::open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, kUsualMode);
  if (file < 0) throw write_error(path, errno);
  ::close(file);
  is_open_ = true;
  make_like_the_old_one();
}

/// A file that only its owner may read stays so; what cannot be kept is no reason to fail.
void UnfinishedFile::make_like_the_old_one() const {
  struct ::stat old {};
  if (::stat(place_.target.c_str(), &old) != 0) return;
  static_cast<void>(::chown(temporary_.c_str(), old.st_uid, old.st_gid));
  static_cast<void>(::chmod(temporary_.c_str(), (old.st_mode & kPermissions) | S_IRUSR | S_IWUSR));
}

UnfinishedFile::~UnfinishedFile() {
  if (!is_open_) return;
  std::error_code ignored;
  fs::remove(temporary_, ignored);
}

int UnfinishedFile::open() const {
  if (place_.is_stream) return open_stream(place_);
  const int file = ::open(temporary_.c_str(), O_RDWR | O_CLOEXEC);
  if (file < 0) throw write_error(place_.name, errno);
  return file;
}

/// For a name that cannot be given: a file that is a mount point of its own is busy.
bool UnfinishedFile::copy_into_place() const {
  std::error_code problem;
  fs::copy_file(temporary_, place_.target, fs::copy_options::overwrite_existing, problem);
  if (problem) return false;
  fs::remove(temporary_, problem);
  return true;
}

void UnfinishedFile::complete() {
  if (!is_open_) return;
  std::error_code problem;
  fs::rename(temporary_, place_.target, problem);
  is_open_ = false;
  if (!problem || copy_into_place()) return;
  // Hours of work may lie there.
  throw Error(ErrorCode::kIo, "this file cannot be given its name (" + problem.message() +
                                  "); what was written is kept as " + temporary_.string() + ": " +
                                  place_.name.string());
}

}  // namespace kata
