// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "kata/learn/classifiers.h"
#include "kata/learn/evaluate.h"
#include "kata/learn/movement_judge.h"

namespace kata {

/// What was said of one example.
struct Answer {
  std::size_t place = 0;
  std::size_t said = 0;  ///< class
};

/// Learners who were judged, over all splits.
struct LearnersJudged {
  std::size_t judged = 0;
  std::size_t skipped = 0;  ///< too few repetitions to confirm so many
  std::size_t mirrored = 0;
};

/// The class that means right, where the two classes are a right and a wrong one.
std::optional<std::size_t> right_class(const std::vector<std::string>& classes);

/// Whether the judge of a craft is measured, learner by learner: right against wrong, by groups.
/// Throws Error{kInvalidArgument} where options ask for that and it cannot be.
bool is_judged_by_learner(const EvaluationSet& set, const EvaluationOptions& options);

/// "; 2 right ones of each learner confirmed", …
std::string words_for_learners(const EvaluationOptions& options);

/// `learned` has right and wrong ones, or right ones alone.
MovementJudge learn_right_from_wrong(const Dataset& learned, const ClassifierChoice& choice,
                                     std::stop_token stop);

/// Each learner among `places`, a group each: drawn repetitions are confirmed, the others judged in
/// drawn order.
std::vector<Answer> judge_learners(const MovementJudge& judge, const EvaluationSet& set,
                                   std::span<const std::size_t> places,
                                   const EvaluationOptions& options, std::uint64_t seed,
                                   LearnersJudged& count);

}  // namespace kata
