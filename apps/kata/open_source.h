// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <future>
#include <memory>
#include <optional>
#include <string>

#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"
#include "kata/session/patient_source.h"

namespace CLI {
class App;
}

namespace kata {

/// How long a recording waits for a camera that gives no picture, unless --wait says otherwise: a
/// plug is put back in that time, and a script does not hang.
inline constexpr double kUsualWait_s = 10;

/// The option --wait.
void add_wait(CLI::App& command, double& wait_s);

/// The SOURCE of a live command: a camera that fails is opened again and again. One that is busy at
/// the start is waited for, with a line on stderr; Ctrl-C ends the waiting (Error{kCancelled}).
/// After `longest_s` without a picture the source has failed; empty: never.
std::unique_ptr<PatientSource> open_patiently(const std::string& spec,
                                              std::optional<double> longest_s = {});

/// Loads the networks that find landmarks in what the source gives, on a thread of its own: a
/// window may open meanwhile; none for a stored track. What goes wrong is thrown by get().
std::future<std::unique_ptr<Landmarker>> load_landmarker(LandmarkerOptions options,
                                                         const SourceDescription& source);

/// Says on stderr when the camera fails and when it is back; call it often.
class OutageNotes {
 public:
  explicit OutageNotes(const PatientSource& source) : source_(source) {}
  void look();

 private:
  const PatientSource& source_;
  std::string told_;
};

}  // namespace kata
