// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "kata/coach/coach.h"
#include "lab_take.h"

namespace kata::bench {

/// A verdict and the moment in the stream at which it came.
struct TimedVerdict {
  Verdict verdict;
  double told_s = 0;
};

struct Watching {
  std::vector<TimedVerdict> verdicts;
  std::vector<Hint> hints;
  int foreign = 0;  ///< movements told to be none of the craft's
  double cannot_see_s = 0;
  double milliseconds_a_frame = 0;
};

/// The first `confirmed_right` of the found ones that are right are confirmed as soon as they are
/// told.
Watching watch(const std::shared_ptr<const Judge>& judge, const LabTake& take,
               const CoachOptions& options = {}, int confirmed_right = 0);

/// How verdicts and truth agree; sums over takes by +=.
struct WatchScore {
  int truth = 0;
  int found = 0;   ///< repetitions with a verdict that overlaps them (at least 0.3 of both)
  int agreed = 0;  ///< of those found: right or wrong as the truth says
  int unsure = 0;  ///< of those found
  int false_verdicts = 0;
  int foreign_verdicts = 0;  ///< of the false ones: at least half of it lies in foreign movement
  double delay_sum_s = 0;
  double edge_sum_s = 0;
  double foreign_s = 0;

  double recall() const { return truth > 0 ? static_cast<double>(found) / truth : 1; }
  double precision() const {
    const int all = found + false_verdicts;
    return all > 0 ? static_cast<double>(found) / all : 1;
  }
  double agreement() const { return found > 0 ? static_cast<double>(agreed) / found : 1; }
  double delay_s() const { return found > 0 ? delay_sum_s / found : 0; }
  double edge_s() const { return found > 0 ? edge_sum_s / (2 * found) : 0; }
  double foreign_verdicts_a_minute() const {
    return foreign_s > 0 ? 60 * foreign_verdicts / foreign_s : 0;
  }
  WatchScore& operator+=(const WatchScore& other);
};

WatchScore score(const LabTake& take, const Watching& watching);

/// One line of figures; with `details`, each repetition and each false verdict.
void print_score(const std::string& name, const WatchScore& score);
void print_details(const LabTake& take, const Watching& watching);

}  // namespace kata::bench
