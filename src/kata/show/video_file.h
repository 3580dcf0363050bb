// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "kata/show/unfinished_file.h"

struct AVIOContext;

namespace kata {

/// The bytes of a video on their way to the disk.
///
/// Room for what a video needs at its end, the index of its pictures, is held on the disk while it
/// grows: a disk that becomes full costs the last pictures, not the video.
class VideoFile {
 public:
  /// Throws Error as UnfinishedFile does.
  explicit VideoFile(const std::filesystem::path& path);
  ~VideoFile();  ///< without complete(): the unfinished file is removed
  VideoFile(const VideoFile&) = delete;
  VideoFile& operator=(const VideoFile&) = delete;

  const std::filesystem::path& path() const { return file_.path(); }
  const std::filesystem::path& temporary() const { return file_.temporary(); }
  /// A stream: nothing can be mended behind the place that was written last.
  bool is_stream() const { return file_.is_stream(); }
  AVIOContext* io() { return io_.get(); }

  /// Before something is written: room for so many bytes and for the index of so many pictures.
  /// Throws Error{kIo} when the disk is full.
  void make_room(std::int64_t bytes, std::int64_t pictures);
  /// Throws Error{kIo} for what could not be written so far.
  void check() const;
  /// After the last byte: gives back what room is left and gives the file its name.
  void complete();

 private:
  struct FreeIo {
    void operator()(AVIOContext* io) const;
  };
  int write(const std::uint8_t* bytes, int count);
  std::int64_t seek(std::int64_t offset, int whence);
  void make_io();

  UnfinishedFile file_;
  int descriptor_;
  std::unique_ptr<AVIOContext, FreeIo> io_;
  std::int64_t position_ = 0;
  std::int64_t end_ = 0;   ///< of what was written
  std::int64_t room_ = 0;  ///< that the disk has promised, from the file's beginning
  int problem_ = 0;        ///< errno of the first failure
};

}  // namespace kata
