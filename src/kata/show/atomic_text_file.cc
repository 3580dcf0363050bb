// SPDX-License-Identifier: Apache-2.0
#include "kata/show/atomic_text_file.h"

#include <unistd.h>

#include <cerrno>
#include <utility>

#include "kata/core/error.h"

namespace kata {
namespace {

constexpr std::size_t kBlock = 1 << 16;  // bytes that are written at once

}  // namespace

AtomicTextFile::AtomicTextFile(const std::filesystem::path& path)
    : file_(path), descriptor_(file_.open()) {}

AtomicTextFile::~AtomicTextFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void AtomicTextFile::flush() {
  std::string_view rest = waiting_;
  while (!rest.empty()) {
    const ::ssize_t count = ::write(descriptor_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      has_failed_ = true;
      throw write_error(file_.path(), errno);
    }
    const std::string_view done = rest.substr(0, static_cast<std::size_t>(count));
    if (const auto end = done.rfind('\n'); end != std::string_view::npos) {
      whole_ = written_ + static_cast<std::int64_t>(end) + 1;
    }
    written_ += count;
    rest.remove_prefix(done.size());
  }
  waiting_.clear();
}

void AtomicTextFile::write(std::string_view text) {
  waiting_ += text;
  if (waiting_.size() >= kBlock) flush();
}

void AtomicTextFile::write_line(std::string_view line) {
  waiting_ += line;
  write("\n");
  if (file_.is_stream()) flush();
}

void AtomicTextFile::close() {
  // Some disks tell only now that they are full.
  if (::close(std::exchange(descriptor_, -1)) != 0) throw write_error(file_.path(), errno);
}

void AtomicTextFile::finish() {
  flush();
  close();
  file_.complete();
}

void AtomicTextFile::finish_with_whole_lines() {
  if (!has_failed_) return finish();
  if (file_.is_stream() || whole_ == 0) return;
  if (::ftruncate(descriptor_, whole_) != 0) throw write_error(file_.path(), errno);
  close();
  file_.complete();
}

}  // namespace kata
