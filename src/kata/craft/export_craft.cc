// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/export_craft.h"

#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <system_error>

#include "kata/core/error.h"
#include "kata/craft/export_formats.h"
#include "kata/craft/formats.h"

namespace kata {
namespace fs = std::filesystem;
namespace {

const ExportFormat& format_named(const std::string& name) {
  std::string known;
  for (const ExportFormat& format : export_formats()) {
    if (format.name == name) return format;
    known += (known.empty() ? "" : ", ") + std::string(format.name);
  }
  throw Error(ErrorCode::kInvalidArgument,
              "there is no format \"" + name + "\"; there are " + known);
}

Error cannot_write(const fs::path& place, const std::error_code& why) {
  const bool is_full = why == std::errc::no_space_on_device || why == std::errc::file_too_large ||
                       why.value() == EDQUOT;
  return {ErrorCode::kIo, is_full
                              ? "the disk is full, cannot write: " + place.string()
                              : "cannot write there (" + why.message() + "): " + place.string()};
}

/// A place beside the wanted one that is swept away unless it takes its name.
class UnfinishedPlace {
 public:
  UnfinishedPlace(fs::path place, bool is_folder)
      : place_(std::move(place)),
        temporary_(place_.parent_path() / ("." + place_.filename().string() + "." +
                                           std::to_string(::getpid()) + ".part")) {
    std::error_code error;
    if (is_folder && fs::exists(place_, error) && !fs::is_empty(place_, error)) {
      throw Error(ErrorCode::kInvalidArgument,
                  "the folder is not empty; give a new one: " + place_.string());
    }
    if (!is_folder && fs::is_directory(place_, error)) {
      throw Error(ErrorCode::kInvalidArgument,
                  "this format is one file, and a folder has that name: " + place_.string());
    }
    if (is_folder && !fs::create_directory(temporary_, error)) throw cannot_write(place_, error);
  }
  ~UnfinishedPlace() {
    std::error_code ignored;
    fs::remove_all(temporary_, ignored);
  }
  UnfinishedPlace(const UnfinishedPlace&) = delete;
  UnfinishedPlace& operator=(const UnfinishedPlace&) = delete;

  const fs::path& temporary() const { return temporary_; }
  void complete() {
    std::error_code error;
    fs::rename(temporary_, place_, error);
    if (error) throw cannot_write(place_, error);
  }

 private:
  fs::path place_;
  fs::path temporary_;
};

fs::path without_trailing_slash(const fs::path& place) {
  return place.has_filename() ? place : place.parent_path();
}

}  // namespace

std::string number_text(double value) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() ? std::string(text.data(), end) : "0";
}

std::string file_name_from(const std::string& name) {
  std::string safe;
  for (const char c : name) {
    const bool is_odd = static_cast<unsigned char>(c) < 0x20 ||
                        std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos;
    safe += is_odd ? '_' : c;
  }
  if (safe.empty() || safe.front() == '.') safe.insert(safe.begin(), '_');
  return safe;
}

fs::filesystem_error write_failure(const fs::path& path) {
  return {"cannot write", path, std::error_code(errno, std::generic_category())};
}

void check_written(const std::ostream& stream, const fs::path& path) {
  if (!stream) throw write_failure(path);
}

void write_file(const fs::path& path, const std::string& bytes) {
  std::ofstream stream(path, std::ios::binary);
  stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  stream.close();
  check_written(stream, path);
}

void export_craft(const Craft& craft, const fs::path& place, const std::string& format,
                  const ExportOptions& options) {
  const ExportFormat& chosen = format_named(format);
  if (place.empty()) throw Error(ErrorCode::kInvalidArgument, "the export needs a name");
  if (craft.summaries().empty()) {
    throw Error(ErrorCode::kNotEnough, "the craft holds no repetition yet; nothing was written");
  }
  UnfinishedPlace unfinished(without_trailing_slash(place), chosen.is_folder);
  try {
    chosen.write(craft, unfinished.temporary(), options);
  } catch (const fs::filesystem_error& error) {  // it names the unfinished place
    throw cannot_write(place, error.code());
  }
  unfinished.complete();
}

}  // namespace kata
