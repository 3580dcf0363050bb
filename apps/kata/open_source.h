// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <future>
#include <memory>
#include <string>

#include "kata/input/frame_source.h"
#include "kata/landmark/landmarker.h"
#include "kata/session/patient_source.h"

namespace kata {

/// The SOURCE of a live command: a camera that fails is opened again and again. One that is busy at
/// the start is waited for, with a line on stderr; Ctrl-C ends the waiting (Error{kCancelled}).
std::unique_ptr<PatientSource> open_patiently(const std::string& spec);

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
