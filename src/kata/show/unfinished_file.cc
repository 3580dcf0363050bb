// SPDX-License-Identifier: Apache-2.0
#include "kata/show/unfinished_file.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <system_error>

#include "kata/core/error.h"

namespace kata {
namespace {

namespace fs = std::filesystem;

/// Unlike any other in the folder, of this process or another.
fs::path temporary_name(const fs::path& path) {
  static std::atomic<unsigned> count = 0;
  const std::string name = "." + path.filename().string() + ".unfinished-" +
                           std::to_string(::getpid()) + "-" + std::to_string(count++);
  return path.parent_path() / name;
}

}  // namespace

UnfinishedFile::UnfinishedFile(const fs::path& path)
    : path_(path), temporary_(temporary_name(path)) {
  std::error_code ignored;
  if (path.filename().empty() || fs::is_directory(path, ignored)) {
    throw Error(ErrorCode::kIo, "cannot write here, this is a folder: " + path.string());
  }
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  if (!fs::is_directory(folder, ignored)) {
    throw Error(ErrorCode::kIo, "cannot write here, there is no such folder: " + path.string());
  }
  if (fs::exists(path, ignored) && ::access(path.c_str(), W_OK) != 0) {
    throw Error(ErrorCode::kIo, "cannot write here, the file is protected: " + path.string());
  }
  std::FILE* file = std::fopen(temporary_.c_str(), "wbx");
  if (file == nullptr) {
    throw Error(ErrorCode::kIo,
                "cannot write here (" + std::string(std::strerror(errno)) + "): " + path.string());
  }
  static_cast<void>(std::fclose(file));
  is_open_ = true;
}

UnfinishedFile::~UnfinishedFile() {
  if (!is_open_) return;
  std::error_code ignored;
  fs::remove(temporary_, ignored);
}

void UnfinishedFile::complete() {
  std::error_code problem;
  fs::rename(temporary_, path_, problem);
  if (problem) {
    throw Error(ErrorCode::kIo,
                "cannot complete this file (" + problem.message() + "): " + path_.string());
  }
  is_open_ = false;
}

}  // namespace kata
