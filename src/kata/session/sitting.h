// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "kata/coach/coach.h"
#include "kata/coach/window_coach.h"
#include "kata/core/landmarks.h"
#include "kata/core/repetition.h"
#include "kata/core/verdict.h"
#include "kata/learn/judge.h"
#include "kata/practice/feedback_schedule.h"
#include "kata/session/ghost_guide.h"
#include "kata/show/overlay.h"
#include "kata/show/watch_report.h"

namespace kata {

/// How many repetitions a learner has done, by verdict.
struct Tally {
  int repetitions = 0;  ///< all below but `other`
  int correct = 0;
  int incorrect = 0;
  int unsure = 0;
  int other = 0;  ///< movements that are not the craft's; not repetitions
};

enum class Strategy {
  kRepetitions,  ///< finds repetitions and judges each when it ends
  kWindow,       ///< judges the last second at every frame, for movements without beginning and end
};

struct SittingOptions {
  /// A left-handed learner of a right-handed craft, or the reverse; without it the coach finds out.
  bool swap_sides = false;
  bool with_ghost = true;
  Strategy strategy = Strategy::kRepetitions;
  /// What is confirmed of repetitions, by their number from 1, as soon as each was told.
  std::map<std::size_t, Label> confirmed = {};
  /// Confirmed in earlier sittings of this learner.
  std::vector<Repetition> remembered = {};
  /// Of so many repetitions, the newest, the frames are kept for a report.
  std::size_t reported_repetitions = 0;
  bool with_frames = false;                          ///< frames_of() is asked
  FeedbackRule feedback = {FeedbackPolicy::kEvery};  ///< which repetitions the learner hears of
};

/// One learner before one camera: landmarks in, verdicts, count and picture out.
///
/// No threads, no clock: the same stream gives the same verdicts in a window, a file or a page.
class Sitting {
 public:
  explicit Sitting(std::shared_ptr<const Judge> judge, const SittingOptions& options = {});

  /// The verdicts that this frame completed; usually none.
  std::vector<Verdict> step(const Landmarks& landmarks);
  /// The stream has ended: the verdicts that were still open.
  std::vector<Verdict> finish();
  /// Those of the last step() or finish() that the learner is to hear of now.
  const std::vector<Verdict>& told() const { return told_; }
  /// The learner asks for the newest repetition: it, where it was not told yet; the picture shows
  /// it then.
  std::optional<Verdict> ask();
  /// Starts the count anew; the coach keeps what it sees.
  void reset_tally();
  /// Somebody says that a repetition, counted from 1 since the sitting began, was right or wrong;
  /// nothing takes that back. What follows is judged by it. False where there is no such
  /// repetition.
  bool confirm(std::size_t number, std::optional<Label> label);
  /// The same of the last one; false before the first.
  bool confirm_last(Label label) { return confirm(repetitions(), label); }
  /// Takes back what was confirmed last; its number, 0 where nothing is left.
  std::size_t undo();
  /// Of the last frame.
  Timestamp update_time() const { return landmarks_.timestamp; }
  /// Since the sitting began, whatever is counted now.
  std::size_t repetitions() const;
  std::optional<Label> confirmed(std::size_t number) const;
  /// A repetition with its frames as they were judged; empty where they are kept no longer.
  std::optional<Repetition> repetition(std::size_t number) const;
  /// Hears of everything that is confirmed, or taken back: what keeps it with the learner.
  using OnConfirmed = std::function<void(std::size_t number, std::optional<Label>)>;
  void on_confirmed(OnConfirmed told) { on_confirmed_.push_back(std::move(told)); }
  void set_ghost(bool is_wanted) { options_.with_ghost = is_wanted; }

  const Tally& tally() const { return tally_; }
  /// What the coach said of the last frame, in the learner's own sides.
  const CoachUpdate& update() const { return update_; }
  /// All verdicts since the count began, oldest first.
  const std::vector<Verdict>& verdicts() const { return verdicts_; }
  /// The newest of them with what a report draws, oldest first.
  const std::deque<ReportedRepetition>& reported() const { return reported_; }
  /// The frames of a verdict that step() or finish() has just given, as the learner did them; empty
  /// unless SittingOptions asked for frames or for a report.
  std::vector<Landmarks> frames_of(const Verdict& verdict) const;
  /// Why nothing is recognised, for as long as it takes to read.
  const std::optional<Hint>& hint() const { return hint_; }
  /// What to draw over the last frame.
  OverlayScene scene() const;

 private:
  Landmarks as_taught(const Landmarks& landmarks) const;
  std::optional<Verdict> other_movement(Timestamp now);
  void take_sides();
  CraftLearner* own();
  const CraftLearner* own() const { return const_cast<Sitting*>(this)->own(); }
  void confirm_as_asked();
  void count(const std::vector<Verdict>& verdicts);
  void tell(const Verdict& verdict);
  bool keeps_frames() const { return options_.with_frames || options_.reported_repetitions > 0; }
  void keep_frame(const Landmarks& landmarks);
  void keep_for_report(const Verdict& verdict);

  std::shared_ptr<const Judge> judge_;
  bool uses_hands_;
  SittingOptions options_;
  std::variant<Coach, WindowCoach> coach_;
  GhostGuide guide_;
  CoachUpdate update_;
  Landmarks landmarks_;
  std::optional<Landmarks> ghost_;
  std::optional<Verdict> pending_other_;
  std::optional<Hint> hint_;
  /// What the picture says of the count: as of the newest repetition that was told.
  struct Shown {
    Tally tally;
    std::vector<VerdictKind> recent;
    std::optional<Verdict> verdict;  ///< empty once a repetition has come that is not told
  };

  FeedbackSchedule feedback_;
  std::vector<Verdict> told_;
  Shown shown_;
  Tally tally_;
  std::vector<Verdict> verdicts_;
  std::vector<std::size_t> confirmations_;  ///< numbers, in the order they were confirmed
  std::vector<OnConfirmed> on_confirmed_;
  std::deque<Landmarks> recent_;  ///< only where frames of repetitions are wanted
  std::deque<ReportedRepetition> reported_;
  std::map<std::string, std::shared_ptr<const std::vector<Landmarks>>> teachers_;  ///< by movement
};

}  // namespace kata
