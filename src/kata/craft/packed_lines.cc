// SPDX-License-Identifier: Apache-2.0
#include "kata/craft/packed_lines.h"

#include <zlib.h>

#include <utility>

#include "kata/core/error.h"

namespace kata {
namespace {

constexpr std::size_t kBlock = std::size_t{1} << 16U;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

}  // namespace

struct PackedLines::File {
  explicit File(const std::filesystem::path& path) : handle(gzopen(path.c_str(), "rb")) {}
  ~File() {
    if (handle != nullptr) gzclose(handle);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  gzFile handle;
};

PackedLines::PackedLines(std::filesystem::path path) : path_(std::move(path)) {
  std::error_code ignored;
  if (!std::filesystem::exists(path_, ignored))
    throw Error(ErrorCode::kNotFound, "there is no such file: " + path_.string());
  if (std::filesystem::is_directory(path_, ignored))
    throw Error(ErrorCode::kUnsupported, "this is a folder, not a file: " + path_.string());
  file_ = std::make_unique<File>(path_);
  if (file_->handle == nullptr)
    throw Error(ErrorCode::kIo, "the file cannot be read: " + path_.string());
}

PackedLines::~PackedLines() = default;

void PackedLines::fail_reading() const {
  int code = Z_OK;
  gzerror(file_->handle, &code);
  if (code == Z_ERRNO) throw Error(ErrorCode::kIo, "the file cannot be read: " + path_.string());
  const std::string what = code == Z_BUF_ERROR
                               ? "the packed file ends too early, it was not written to its end"
                               : "the packed file is damaged";
  throw Error(ErrorCode::kCorrupt,
              what + " (after line " + std::to_string(number_) + "): " + path_.string());
}

/// Reads a block more behind what is not used yet; false at the end of the file.
bool PackedLines::fill() {
  if (is_at_end_) return false;
  buffer_.erase(0, begin_);
  begin_ = 0;
  const std::size_t size = buffer_.size();
  buffer_.resize(size + kBlock);
  const int count = gzread(file_->handle, buffer_.data() + size, static_cast<unsigned>(kBlock));
  buffer_.resize(size + static_cast<std::size_t>(count > 0 ? count : 0));
  if (count > 0) return true;
  int code = Z_OK;
  gzerror(file_->handle, &code);
  if (count < 0 || code != Z_OK) fail_reading();
  is_at_end_ = true;
  return false;
}

bool PackedLines::next() {
  while (true) {
    std::size_t end = buffer_.find('\n', begin_);
    while (end == std::string::npos && buffer_.size() - begin_ <= kLongestLine) {
      const std::size_t searched = buffer_.size() - begin_;
      if (!fill()) break;
      end = buffer_.find('\n', searched);
    }
    if ((end == std::string::npos ? buffer_.size() : end) - begin_ > kLongestLine) {
      throw Error(ErrorCode::kCorrupt,
                  "line " + std::to_string(number_ + 1) +
                      " is too long to be a line of a track: " + path_.string());
    }
    if (end == std::string::npos && begin_ == buffer_.size()) return false;
    line_ = std::string_view(buffer_).substr(
        begin_, (end == std::string::npos ? buffer_.size() : end) - begin_);
    begin_ = end == std::string::npos ? buffer_.size() : end + 1;
    if (++number_ == 1 && line_.substr(0, kByteOrderMark.size()) == kByteOrderMark)
      line_.remove_prefix(kByteOrderMark.size());
    if (!line_.empty() && line_.back() == '\r') line_.remove_suffix(1);
    if (!line_.empty()) return true;
  }
}

}  // namespace kata
