// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>

#include "kata/motion/repetition_cut.h"
#include "lab.h"

namespace kata::bench {
namespace {

LabTake video(const Lab& lab, const std::string& name, int width, int height) {
  LabTake take;
  take.name = name;
  take.frames = read_track(lab.tracks / (name + ".jsonl"), width, height);
  return take;
}

/// The truth of the real videos is a count; where each lies is where the cut finds it.
LabTake with_cuts(LabTake take, const std::string& movement,
                  const std::vector<std::size_t>& wrong) {
  const std::vector<CutSpan> cuts = cut_repetitions(take.frames);
  for (std::size_t i = 0; i < cuts.size(); ++i) {
    LabTruth truth;
    truth.movement = movement;
    const bool is_wrong = std::find(wrong.begin(), wrong.end(), i) != wrong.end();
    truth.label = is_wrong ? Label::kIncorrect : Label::kCorrect;
    truth.start_s = seconds(take.frames[cuts[i].first].timestamp);
    truth.end_s = seconds(take.frames[cuts[i].last].timestamp);
    take.repetitions.push_back(truth);
  }
  return take;
}

struct CurlSum {
  int found = 0, all = 0, false_verdicts = 0, untaught = 0, agreed = 0, unsure = 0, halves = 0;
};

void add_half(const LabTake& take, const std::vector<std::size_t>& taught, CurlSum& sum) {
  std::vector<Repetition> lessons;
  LabTake rest = take;
  rest.repetitions.clear();
  for (std::size_t i = 0; i < take.repetitions.size(); ++i) {
    const LabTruth& truth = take.repetitions[i];
    if (std::find(taught.begin(), taught.end(), i) == taught.end()) {
      rest.repetitions.push_back(truth);
      continue;
    }
    Repetition one;
    one.take = static_cast<std::int64_t>(i) + 1;
    one.movement = truth.movement;
    one.label = truth.label;
    one.frames = frames_between(take, truth.start_s, truth.end_s);
    lessons.push_back(std::move(one));
  }
  constexpr bool kMayBeFew = true;  // `kata train --few`: two right ones and two wrong ones
  const Watching watching = watch(judge_of(lessons, kMayBeFew), take);
  const WatchScore whole = score(take, watching), of_rest = score(rest, watching);
  sum.found += whole.found;
  sum.all += whole.truth;
  sum.false_verdicts += whole.false_verdicts;
  sum.untaught += of_rest.found;
  sum.agreed += of_rest.agreed;
  sum.unsure += of_rest.unsure;
  ++sum.halves;
}

void print_curls(const char* name, const CurlSum& sum) {
  std::printf(
      "%-46s %d halves: found %d of %d, false %d; of what was not taught told rightly %d of %d "
      "(unsure %d)\n",
      name, sum.halves, sum.found, sum.all, sum.false_verdicts, sum.agreed, sum.untaught,
      sum.unsure);
}

/// As the clip's own writing says: four right ones, two with a loose upper arm, one leaning back, a
/// right one. Taught by each half of them that has two of either kind. A ninth, wrong, ends with
/// the clip's last picture, so that it is not always cut and hardly ever told.
void curls(const Lab& lab) {
  const LabTake take = with_cuts(video(lab, "bicep_curl_ngoquoc", 480, 270), "curl", {4, 5, 6, 8});
  const std::vector<std::size_t> right = {0, 1, 2, 3, 7};
  CurlSum both, loose_only;
  for (std::size_t a = 0; a < right.size(); ++a) {
    for (std::size_t b = a + 1; b < right.size(); ++b) {
      add_half(take, {right[a], right[b], 4, 6}, both);
      add_half(take, {right[a], right[b], 5, 6}, both);
      add_half(take, {right[a], right[b], 4, 5}, loose_only);
    }
  }
  print_curls("curls, both mistakes taught", both);
  print_curls("curls, leaning back is not taught", loose_only);
}

}  // namespace

void run_videos(const Lab& lab) {
  curls(lab);
  const LabTake squats = with_cuts(video(lab, "squats_mediapipe", 310, 174), "squat", {});
  const LabTake pushups = with_cuts(video(lab, "pushups_mediapipe", 310, 174), "pushup", {});
  const LabTake slow = with_cuts(video(lab, "squat_rohanx01", 404, 720), "slow squat", {});
  for (const auto& [taught, other] :
       {std::pair{&squats, &pushups}, {&pushups, &squats}, {&slow, &pushups}}) {
    for (std::size_t first = 0; first + 1 < taught->repetitions.size(); ++first) {
      std::vector<Repetition> lessons;
      teach_by_truth(lessons, *taught, 1);
      lessons = {lessons[first], lessons[first + 1]};
      const auto judge = judge_of(lessons);
      LabTake named = *taught;
      named.name += ", taught " + std::to_string(first + 1) + " and " + std::to_string(first + 2);
      WatchScore total;
      report(lab, named, watch(judge, named), total);
      LabTake foreign = *other;
      foreign.repetitions.clear();
      const Watching watching = watch(judge, foreign);
      std::printf("    on %s: %zu verdicts\n", foreign.name.c_str(), watching.verdicts.size());
      if (lab.with_details) print_details(foreign, watching);
      for (const char* more : {"dance_mediapipe", "selfie_mediapipe"}) {
        LabTake clip = video(lab, more, more[0] == 'd' ? 600 : 640, more[0] == 'd' ? 600 : 360);
        std::printf("    on %s: %zu verdicts\n", more, watch(judge, clip).verdicts.size());
      }
    }
  }
}

}  // namespace kata::bench
