// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "kata/core/landmarks.h"
#include "kata/core/verdict.h"
#include "kata/session/sitting.h"
#include "kata/session/studio.h"

namespace kata {

/// One picture of a browser's camera.
struct LivePicture {
  double time_s = 0;  ///< when it was taken, on the browser's clock from any zero
  std::vector<std::uint8_t> jpeg;
};

/// What a tab can ask for.
struct LearnRequest {
  std::string craft;
  bool swap_sides = false;
  std::string learner = {};  ///< name; empty: nothing is kept for the next sitting
};
struct CheckRequest {};  ///< landmarks only: "am I in the picture?"
struct RecordRequest {
  std::string craft;
  Lesson lesson;
};
struct StopRequest {};    ///< the take is complete: cut it and store it
struct CancelRequest {};  ///< throw the take away
struct ResetRequest {};   ///< start the count anew
/// Somebody says that a repetition was right or wrong.
struct ConfirmRequest {
  std::size_t number = 0;  ///< from 1 since the sitting began; 0: the last one
  Label label = Label::kCorrect;
};
struct UndoRequest {};  ///< takes back what was confirmed last
/// Deletes what is kept of a learner.
struct ForgetRequest {
  std::string craft;
  std::string learner;
};
using LiveRequest =
    std::variant<LearnRequest, CheckRequest, RecordRequest, StopRequest, CancelRequest,
                 ResetRequest, ConfirmRequest, UndoRequest, ForgetRequest>;

/// What a tab is told.
struct LiveReady {
  std::string purpose;  ///< "learn", "check" or "record"
};
struct LiveCoach {
  CoachUpdate update;
  OverlayScene scene;
  Tally tally;
};
struct LiveFrame {
  Landmarks landmarks;
  std::optional<LiveCoach> coach;  ///< only while learning
  bool is_sideways = false;        ///< the picture lies on its side; the coach tells it himself
  std::int64_t recorded = 0;       ///< frames of the take so far
  double work_ms = 0;
};
struct LiveVerdict {
  Verdict verdict;
  Tally tally;
};
struct LiveTake {
  TakeView take;
};
struct LiveProblem {
  std::string code;
  std::string text;
};
/// What was confirmed of a repetition, or that nothing is any more.
struct LiveConfirmed {
  std::size_t number = 0;
  std::optional<Label> label;
};
/// Nothing is kept of a learner any more.
struct LiveForgotten {
  std::string learner;
};
/// The first word to a tab, before anything else.
struct LiveHello {
  std::string purpose;  ///< as LiveReady's, or "none": what goes on
  bool is_resumed = false;
};
using LiveReply = std::variant<LiveReady, LiveFrame, LiveVerdict, LiveTake, LiveProblem, LiveHello,
                               LiveConfirmed, LiveForgotten>;

}  // namespace kata
