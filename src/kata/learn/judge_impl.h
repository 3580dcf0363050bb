// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kata/learn/classifier.h"
#include "kata/learn/judge.h"
#include "kata/learn/movement_judge.h"
#include "kata/learn/reasons.h"
#include "kata/motion/features.h"

namespace kata {

/// What a judge knows of one movement.
struct TaughtMovement {
  MovementJudge judge;
  Explainer explainer;
  std::vector<Repetition> prototypes;
  std::vector<Repetition> wrong_prototypes;
};

/// All that a judge learned.
struct JudgeKnowledge {
  FeaturePlan plan;
  std::vector<std::string> movements;  // sorted
  std::vector<TaughtMovement> taught;  // one for each of movements
  std::unique_ptr<Classifier> which;   // which movement; none where there is one only
};

/// What the judge makes of one repetition, before words are found for it.
struct Decision {
  std::size_t movement = 0;
  double movement_probability = 1;
  Opinion opinion;
  VerdictKind kind = VerdictKind::kUnsure;
};

Decision decide(const JudgeKnowledge& knowledge, const Series& series);

/// What is said of a repetition, once it is clear what it is; its start and end are not set.
Verdict verdict_of(const JudgeKnowledge& knowledge, const Decision& decision,
                   const PointTrack& track);

struct Judge::Impl : JudgeKnowledge {};

/// Makes judges: the only way past Judge's private constructor.
struct JudgeBuilder {
  static Judge build(JudgeKnowledge knowledge) {
    return Judge(std::make_unique<Judge::Impl>(Judge::Impl{std::move(knowledge)}));
  }
  static const JudgeKnowledge& knowledge(const Judge& judge) { return *judge.impl_; }
};

}  // namespace kata
