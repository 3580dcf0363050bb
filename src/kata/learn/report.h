// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <stop_token>
#include <string>
#include <string_view>

#include "kata/core/progress.h"
#include "kata/learn/judge_training.h"

namespace kata {

/// How good a judge taught by these repetitions is, by judging repetitions it was not taught:
/// whole persons left out where there are several, else whole takes, else single repetitions, with
/// the warning that this flatters. One JSON object without newline (api/report.schema.json).
/// `judge` is the one just taught by all of them.
std::string report_json(const TrainingSet& set, const Judge& judge, const TrainOptions& options,
                        const Progress& progress, std::stop_token stop);

/// The report with a movement called by another name; unchanged where it cannot be read.
std::string renamed_report(std::string_view report_json, const std::string& from,
                           const std::string& to);

}  // namespace kata
