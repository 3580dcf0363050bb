// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "kata/core/repetition.h"
#include "kata/session/sitting.h"

namespace kata {

/// What was confirmed of one learner of one craft, for the next sitting.
///
/// A file beside the craft's, in the craft's own form, so that it is opened by the same rules of
/// trust and loses nothing when the program is killed. It is never a part of the craft.
class LearnerFile {
 public:
  /// Makes no file before something is kept. Throws Error{kInvalidArgument} for an empty name or
  /// one of more than 100 bytes.
  LearnerFile(const std::filesystem::path& craft, const std::string& name);

  const std::filesystem::path& path() const { return path_; }
  /// Of earlier sittings; empty where there is no file. Throws as Craft::open.
  std::vector<Repetition> confirmed() const;
  /// From now on, all that is confirmed in the sitting is kept, and what is taken back is not.
  /// Must outlive the sitting's use.
  void follow(Sitting& sitting);
  /// Deletes the file for good; false where there was none.
  bool forget();

 private:
  void keep(std::size_t number, const Repetition& repetition);
  void take_back(std::size_t number);

  std::filesystem::path path_;
  std::string name_;
  std::int64_t take_ = 0;                     ///< of this sitting; 0 before the first
  std::map<std::size_t, std::int64_t> kept_;  ///< ids by number
};

}  // namespace kata
