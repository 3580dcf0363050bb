// SPDX-License-Identifier: Apache-2.0
#include "kata/archive/result_file.h"

#include <fcntl.h>
#include <unistd.h>
#include <zlib.h>

#include <atomic>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

namespace kata {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kBlock = std::size_t{1} << 16U;
constexpr int kGzip = 15 + 16;  // the largest window, with gzip's header
constexpr int kMemory = 8;      // zlib's default

/// Unlike any other, of this machine or another that shares the folder.
std::string scratch_name() {
  static std::atomic<unsigned> count = 0;
  return host_name() + "-" + std::to_string(::getpid()) + "-" + std::to_string(count++);
}

}  // namespace

struct ResultFile::Packer {
  Packer() {
    deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, kMemory, Z_DEFAULT_STRATEGY);
  }
  ~Packer() { deflateEnd(&stream); }
  Packer(const Packer&) = delete;
  Packer& operator=(const Packer&) = delete;
  z_stream stream{};
};

ResultFile::ResultFile(const ArchiveFolder& folder, fs::path path, bool is_packed)
    : out_(folder.out()), path_(std::move(path)), scratch_(folder.scratch() / scratch_name()) {
  if (is_packed) packer_ = std::make_unique<Packer>();
  file_ = ::open(scratch_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
  if (file_ < 0) fail("cannot be written");
}

ResultFile::~ResultFile() {
  if (file_ >= 0) ::close(file_);
  if (!is_published_) ::unlink(scratch_.c_str());
}

void ResultFile::fail(const char* what) const {
  throw StorageProblem(std::string("the archive ") + what + " (" + std::strerror(errno) +
                       "): " + path_.string());
}

void ResultFile::write(std::string_view text) {
  if (packer_) return pack(text, false);
  store(text);
}

void ResultFile::write_line(std::string_view line) {
  write(line);
  write("\n");
}

void ResultFile::pack(std::string_view text, bool is_end) {
  z_stream& stream = packer_->stream;
  // zlib reads only, its interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  std::string packed(kBlock, '\0');
  do {
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    deflate(&stream, is_end ? Z_FINISH : Z_NO_FLUSH);
    store(std::string_view(packed).substr(0, packed.size() - stream.avail_out));
  } while (stream.avail_out == 0);
}

void ResultFile::store(std::string_view bytes) {
  buffer_.append(bytes);
  if (buffer_.size() >= kBlock) flush();
}

void ResultFile::flush() {
  hash_.add(buffer_);
  bytes_ += buffer_.size();
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t count = ::write(file_, rest.data(), rest.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail("cannot be written");
    rest.remove_prefix(static_cast<std::size_t>(count));
  }
  buffer_.clear();
}

ArchiveOutput ResultFile::finish() {
  if (packer_) pack({}, true);
  flush();
  if (::fsync(file_) != 0 && errno != EINVAL) fail("cannot be written");
  if (::close(std::exchange(file_, -1)) != 0) fail("cannot be written");
  return {path_.lexically_relative(out_).generic_string(), bytes_, hash_.finish()};
}

void ResultFile::publish() {
  std::error_code problem;
  fs::create_directories(path_.parent_path(), problem);
  if (!problem) fs::rename(scratch_, path_, problem);
  if (problem) {
    errno = problem.value();
    fail("cannot be written");
  }
  is_published_ = true;
}

}  // namespace kata
