// SPDX-License-Identifier: Apache-2.0
#include "kata/show/output_place.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <optional>
#include <system_error>
#include <vector>

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr int kMostLinks = 40;  // as the Linux kernel has it
constexpr unsigned kMemoryDevices = 1;
constexpr unsigned kNullDevice = 3;  // Linux: Documentation/admin-guide/devices.txt

Error cannot_write(const std::string& why, const fs::path& name) {
  return {ErrorCode::kIo, "cannot write here, " + why + ": " + name.string()};
}

fs::path folder_of(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

/// The number of an open file of this program, for its name in /proc/self/fd or /dev/fd.
std::optional<int> open_file(const fs::path& path) {
  const std::string name = path.filename().string();
  int number = 0;
  const auto [end, problem] = std::from_chars(name.data(), name.data() + name.size(), number);
  if (problem != std::errc() || end != name.data() + name.size() || number < 0) return std::nullopt;
  std::error_code none;
  const std::string folder = fs::canonical(folder_of(path), none).string();
  const std::string own = "/proc/" + std::to_string(::getpid()) + "/";
  if (none || !folder.starts_with(own) || !folder.ends_with("/fd")) return std::nullopt;
  return number;
}

void check_descriptor(const OutputPlace& place) {
  const int flags = ::fcntl(place.descriptor, F_GETFL);
  if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY) {
    throw cannot_write("nothing is open there for writing", place.name);
  }
}

void check_new(const OutputPlace& place) {
  const fs::path folder = folder_of(place.target);
  std::error_code none;
  if (!fs::is_directory(folder, none)) {
    throw cannot_write("there is no such folder", place.name);
  }
  if (::access(folder.c_str(), W_OK | X_OK) != 0) {
    throw Error(ErrorCode::kIo, "cannot write here (" + std::string(std::strerror(errno)) +
                                    "): " + place.name.string());
  }
}

/// Decides by what is there whether it is written to directly.
void look_at(OutputPlace& place) {
  struct ::stat found {};
  if (::stat(place.target.c_str(), &found) != 0) {
    if (errno == ENOENT || errno == ENOTDIR) return check_new(place);
    throw write_error(place.name, errno);
  }
  if (S_ISDIR(found.st_mode)) throw cannot_write("this is a folder", place.name);
  if (S_ISSOCK(found.st_mode)) throw cannot_write("this is a socket", place.name);
  if (S_ISBLK(found.st_mode)) throw cannot_write("this is a whole disk", place.name);
  if (::access(place.target.c_str(), W_OK) != 0) {
    throw cannot_write("the file is protected", place.name);
  }
  place.is_stream = !S_ISREG(found.st_mode);
  if (!place.is_stream) check_new(place);
}

/// Equal for names of the same file. One that is not there yet is known by its folder and name.
struct Identity {
  ::dev_t device = 0;
  ::ino_t number = 0;
  std::string name;
  bool is_null_device = false;

  bool operator==(const Identity&) const = default;
};

Identity identity_from(const struct ::stat& found, const std::string& name) {
  return {found.st_dev, found.st_ino, name,
          S_ISCHR(found.st_mode) && ::major(found.st_rdev) == kMemoryDevices &&
              ::minor(found.st_rdev) == kNullDevice};
}

/// Empty for what neither is there nor can be made.
std::optional<Identity> identity_of(const fs::path& path) {
  struct ::stat found {};
  if (path == "-") {
    if (::fstat(STDOUT_FILENO, &found) != 0) return std::nullopt;
    return identity_from(found, "");
  }
  if (::stat(path.c_str(), &found) == 0) return identity_from(found, "");
  const fs::path target = where_links_lead(path);
  if (::stat(folder_of(target).c_str(), &found) != 0) return std::nullopt;
  return identity_from(found, target.filename().string());
}

struct KnownFile {
  const NamedFile* file;
  std::optional<Identity> identity;
};

std::vector<KnownFile> known(std::span<const NamedFile> files) {
  std::vector<KnownFile> found;
  for (const NamedFile& file : files) found.push_back({&file, identity_of(file.path)});
  return found;
}

bool is_same(const KnownFile& a, const KnownFile& b) {
  return a.identity && b.identity && !a.identity->is_null_device && *a.identity == *b.identity;
}

}  // namespace

fs::path where_links_lead(const fs::path& name) {
  fs::path path = name;
  for (int links = 0; links <= kMostLinks; ++links) {
    std::error_code none;
    if (open_file(path) || !fs::is_symlink(fs::symlink_status(path, none))) return path;
    const fs::path next = fs::read_symlink(path, none);
    if (none) return path;
    path = next.is_absolute() ? next : path.parent_path() / next;
  }
  throw cannot_write("its links lead in a circle", name);
}

Error write_error(const fs::path& name, int number) {
  const bool is_full = number == ENOSPC || number == EDQUOT || number == EFBIG;
  if (is_full) return {ErrorCode::kIo, "the disk is full, cannot write: " + name.string()};
  if (number == EPIPE) {
    return {ErrorCode::kIo, "the program that reads this has gone; stopped: " + name.string()};
  }
  return {ErrorCode::kIo,
          "cannot write here (" + std::string(std::strerror(number)) + "): " + name.string()};
}

OutputPlace output_place(const fs::path& name) {
  OutputPlace place{name, name, false, -1};
  if (name == "-") {
    place.name = "the standard output";
    place.descriptor = STDOUT_FILENO;
  } else {
    if (name.filename().empty()) throw cannot_write("this is a folder", name);
    place.target = where_links_lead(name);
    place.descriptor = open_file(place.target).value_or(-1);
  }
  if (place.descriptor < 0) {
    look_at(place);
  } else {
    place.is_stream = true;
    check_descriptor(place);
  }
  return place;
}

int open_stream(const OutputPlace& place) {
  KATA_CHECK(place.is_stream, "other places are written beside");
  const int opened = place.descriptor >= 0
                         ? ::fcntl(place.descriptor, F_DUPFD_CLOEXEC, 0)
                         : ::open(place.target.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (opened < 0) throw write_error(place.name, errno);
  return opened;
}

void check_outputs(std::span<const NamedFile> outputs, std::span<const NamedFile> inputs) {
  if (outputs.empty()) return;
  const std::vector<KnownFile> written = known(outputs);
  const std::vector<KnownFile> read = known(inputs);
  for (auto output = written.begin(); output != written.end(); ++output) {
    const auto is_it = [&](const KnownFile& other) { return is_same(*output, other); };
    const std::string& option = output->file->option;
    const std::string ending = ": " + output->file->path.string();
    if (const auto input = std::ranges::find_if(read, is_it); input != read.end()) {
      throw Error(ErrorCode::kInvalidArgument,
                  option + " and " + input->file->option +
                      " are the same file, which would be lost; give " + option + " another name" +
                      ending);
    }
    if (const auto before = std::find_if(written.begin(), output, is_it); before != output) {
      throw Error(ErrorCode::kInvalidArgument,
                  before->file->option + " and " + option +
                      " are the same file; give each a name of its own" + ending);
    }
  }
}

}  // namespace kata
