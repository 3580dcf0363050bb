// SPDX-License-Identifier: Apache-2.0
#include "kata/show/video_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <new>
#include <utility>

#include "kata/core/error.h"

extern "C" {
#include <libavformat/avformat.h>
#include <libavutil/mem.h>
}

namespace kata {
namespace {

constexpr int kBuffer = 1 << 16;  // bytes that are written at once
/// Of an index: MP4 has at most 44 (size, times, chunk), AVI 24, Matroska less.
constexpr std::int64_t kBytesPerPicture = 64;
constexpr std::int64_t kBytesOfHead = 1 << 17;  // what else is written at the end
constexpr std::int64_t kStep = 1 << 22;         // room is asked for in steps of 4 MB

#if LIBAVFORMAT_VERSION_MAJOR >= 61
using WrittenBytes = const std::uint8_t;
#else
using WrittenBytes = std::uint8_t;
#endif

}  // namespace

void VideoFile::FreeIo::operator()(AVIOContext* io) const {
  av_freep(&io->buffer);
  avio_context_free(&io);
}

VideoFile::VideoFile(const std::filesystem::path& path) : file_(path), descriptor_(file_.open()) {
  make_io();
}

VideoFile::~VideoFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void VideoFile::make_io() {
  const auto write_some = [](void* self, WrittenBytes* bytes, int count) {
    return static_cast<VideoFile*>(self)->write(bytes, count);
  };
  const auto seek_to = [](void* self, std::int64_t offset, int whence) {
    return static_cast<VideoFile*>(self)->seek(offset, whence);
  };
  auto* buffer = static_cast<unsigned char*>(av_malloc(kBuffer));
  if (buffer == nullptr) throw std::bad_alloc();
  io_.reset(avio_alloc_context(buffer, kBuffer, 1, this, nullptr, write_some,
                               is_stream() ? nullptr : +seek_to));
  if (!io_) {
    av_free(buffer);
    throw std::bad_alloc();
  }
}

int VideoFile::write(const std::uint8_t* bytes, int count) {
  for (int done = 0; done < count;) {
    const auto left = static_cast<std::size_t>(count - done);
    const ::ssize_t now = is_stream() ? ::write(descriptor_, bytes + done, left)
                                      : ::pwrite(descriptor_, bytes + done, left, position_);
    if (now < 0 && errno == EINTR) continue;
    if (now < 0) {
      if (problem_ == 0) problem_ = errno;
      return AVERROR(errno);
    }
    done += static_cast<int>(now);
    position_ += now;
    end_ = std::max(end_, position_);
  }
  return count;
}

std::int64_t VideoFile::seek(std::int64_t offset, int whence) {
  if (whence == AVSEEK_SIZE) return end_;
  if (whence == SEEK_CUR) offset += position_;
  if (whence == SEEK_END) offset += end_;
  if (offset < 0) return AVERROR(EINVAL);
  position_ = offset;
  return position_;
}

void VideoFile::make_room(std::int64_t bytes, std::int64_t pictures) {
  if (is_stream()) return;
  const std::int64_t needed =
      std::max(end_, avio_tell(io())) + bytes + kBytesOfHead + pictures * kBytesPerPicture;
  if (needed <= room_) return;
  int problem = 0;
  for (const std::int64_t wanted : {needed + kStep, needed}) {  // at last what is left of the disk
    problem = ::posix_fallocate(descriptor_, room_, wanted - room_);
    if (problem == 0) {
      room_ = wanted;
      return;
    }
  }
  const bool is_full = problem == ENOSPC || problem == EDQUOT || problem == EFBIG;
  if (is_full) throw write_error(path(), problem);
  room_ = std::max(room_, needed);  // a disk that promises nothing
}

void VideoFile::check() const {
  if (problem_ != 0) throw write_error(path(), problem_);
}

void VideoFile::complete() {
  avio_flush(io());
  check();
  if (!is_stream() && ::ftruncate(descriptor_, end_) != 0) throw write_error(path(), errno);
  if (::close(std::exchange(descriptor_, -1)) != 0) throw write_error(path(), errno);
  file_.complete();
}

}  // namespace kata
