// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/archive_folder.h"

#include <unistd.h>

#include <array>
#include <cctype>
#include <fstream>
#include <sstream>
#include <system_error>

#include "kata/archive/result_file.h"
#include "kata/core/error.h"

namespace kata {
namespace fs = std::filesystem;

bool ArchiveFolder::is_archive() const {
  std::error_code ignored;
  return fs::is_regular_file(plan(), ignored) && fs::is_regular_file(settings(), ignored);
}

void ArchiveFolder::make() const {
  for (const fs::path& folder : {records(), hashes(), claims(), scratch()}) {
    std::error_code problem;
    fs::create_directories(folder, problem);
    if (problem) {
      throw Error(ErrorCode::kIo, "the archive's folder cannot be made (" + problem.message() +
                                      "): " + out_.string());
    }
  }
}

std::string host_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "unknown";
  std::string safe(name.data());
  for (char& c : safe) {
    if (std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '-' && c != '.') c = '_';
  }
  return safe;
}

void write_by_rename(const ArchiveFolder& folder, const fs::path& path, std::string_view text) {
  ResultFile file(folder, path, false);
  file.write(text);
  file.finish();
  file.publish();
}

std::string read_if_there(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return {};
  std::ostringstream text;
  text << stream.rdbuf();
  return std::move(text).str();
}

}  // namespace kata
