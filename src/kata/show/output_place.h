// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <span>
#include <string>

#include "kata/core/error.h"

namespace kata {

/// What the name of an output stands for: every output of the program is looked up here.
///
/// Links are followed, so that what they lead to is written and the link stays. A pipe or a device
/// is never replaced.
struct OutputPlace {
  std::filesystem::path name;  ///< as it was given, for people
  std::filesystem::path
      target;              ///< where it leads; a regular file, or nothing yet, unless a stream
  bool is_stream = false;  ///< a pipe, a device or a file that is open already: written to
                           ///< directly, never replaced
  int descriptor = -1;     ///< of the open file that it is ("-", /dev/stdout); −1: none
};

/// What a name means when its links are followed, the last of them perhaps to nothing. Throws
/// Error{kIo} for links in a circle.
std::filesystem::path where_links_lead(const std::filesystem::path& name);

/// "-" is the standard output. Throws Error{kIo} with one sentence for a place that cannot be
/// written: a folder, a disk, a protected file, a folder that is not there.
OutputPlace output_place(const std::filesystem::path& name);

/// Opens a stream for writing; the caller closes it. Waits for the reader of a pipe. Throws
/// Error{kIo}.
int open_stream(const OutputPlace& place);

/// A file that a command reads or writes, with the option that names it.
struct NamedFile {
  std::string option;
  std::filesystem::path path;
};

/// Throws Error{kInvalidArgument} where an output is the same file as an input or as another
/// output, whatever they are called: by links, by another spelling, or before they exist. The null
/// device may be named as often as one likes.
void check_outputs(std::span<const NamedFile> outputs, std::span<const NamedFile> inputs);

/// What went wrong with writing, by its errno: a full disk is called that.
Error write_error(const std::filesystem::path& name, int number);

}  // namespace kata
