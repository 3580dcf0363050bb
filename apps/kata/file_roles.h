// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace kata {

/// What a command does with the file that an option names.
enum class FileRole {
  kInput,         ///< reads it
  kSource,        ///< reads pictures: a SOURCE, which may be many files or none
  kCraft,         ///< reads a craft, with the journals that lie beside it
  kChangedCraft,  ///< changes a craft in its place, or makes it
  kOutput,        ///< makes it, or replaces it when the new one is complete; "-" is the terminal
  kOutputFolder,  ///< puts files into it
  kOutputEither,  ///< a file or a new folder, as another option has it
};

/// Notes the role in the option itself: the program's table of options is the list of what its
/// commands read and write.
CLI::Option* as(FileRole role, CLI::Option* option);

/// Where an output of a command may go is decided here, once its options are known and before it
/// does anything. Throws Error, both options named, where an output is the same file as something
/// that is read or as another output; and for a place that cannot be written.
void check_files(CLI::App& command);

/// Every command's options with their roles, as JSON: what a test walks.
std::string options_json(CLI::App& app);

}  // namespace kata
