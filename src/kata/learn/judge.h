// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/core/progress.h"
#include "kata/core/repetition.h"
#include "kata/core/verdict.h"
#include "kata/learn/training_epoch.h"

namespace kata {

/// A trained judge of one craft: which movement, right or wrong, which mistake, why.
///
/// Immutable; every call is const and safe to share between threads.
class Judge {
 public:
  ~Judge();
  Judge(Judge&&) noexcept;
  Judge& operator=(Judge&&) noexcept;

  /// Judges one cut repetition. Deterministic. start/end are those of the frames.
  Verdict judge(std::span<const Landmarks> frames) const;

  /// Names of the movements it was taught, sorted as they were called then.
  const std::vector<std::string>& movements() const;
  /// A few right repetitions of a movement that stand for the rest (for live cutting, the ghost and
  /// the explanations); at least one for each movement.
  std::span<const Repetition> prototypes(std::string_view movement) const;
  /// Some wrong ones, of every named mistake, so that live cutting finds wrong attempts as well as
  /// right ones; none where only right ones were taught.
  std::span<const Repetition> wrong_prototypes(std::string_view movement) const;

  /// Whether hands matter to it. Else it was taught by bodies alone, and needs no more to judge.
  bool uses_hands() const;

  /// The same judge, which calls a movement by another name. Empty where it does not know `from`,
  /// or knows `to` as another movement.
  std::optional<Judge> renamed(std::string_view from, std::string_view to) const;

  /// Bytes to store; the same judge gives the same bytes, the same bytes the same verdicts.
  std::string save() const;
  /// Throws Error{kCorrupt} or {kUnsupported} (a newer format version) on bytes that are not a
  /// judge.
  static Judge load(std::string_view bytes);

 private:
  struct Impl;
  friend struct JudgeBuilder;
  explicit Judge(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

enum class ClassifierKind { kAuto, kRocket, kNeighbours, kBilstm };

/// How many repetitions that were left out of learning have been judged so far, and how many
/// rightly.
struct HeldOut {
  int judged = 0;
  int rightly = 0;
};

struct TrainOptions {
  ClassifierKind classifier = ClassifierKind::kAuto;
  std::uint64_t seed = 1;
  bool with_report = true;   ///< false: no cross-validation, training alone
  bool may_be_few = false;   ///< two right and two wrong will do; the report warns of it
  EpochWatch on_epoch = {};  ///< of what is stored in the end, where it learns by epochs (bilstm)
  std::function<void(const HeldOut&)> on_held_out = {};  ///< told after each split of the report
};

struct Trained {
  std::shared_ptr<const Judge> judge;
  std::string report_json;  ///< the honest report as JSON (api/report.schema.json); empty without
};

/// Learns a craft from its repetitions.
///
/// Throws Error{kNotEnough} saying what is missing, {kCancelled} when stopped.
Trained train_judge(std::span<const Repetition> repetitions, const TrainOptions& options = {},
                    const Progress& progress = {}, std::stop_token stop = {});

}  // namespace kata
