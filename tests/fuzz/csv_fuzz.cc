// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>

#include "kata/core/error.h"
#include "kata/craft/formats.h"
#include "kata/craft/marks.h"

namespace {

void read_as_marks(const std::string& text) {
  try {
    KATA_CHECK(!kata::marks_from_csv(text, "fuzz.csv").empty(), "there are marks, or an error");
  } catch (const kata::Error&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const kata::ImportCandidate candidate{"fuzz.csv", false,
                                        std::string(reinterpret_cast<const char*>(data), size)};
  read_as_marks(candidate.content);
  kata::ImportOptions options;
  options.movement = "movement";
  options.is_one_repetition = size % 2 == 0;
  for (const kata::ImportFormat& format : kata::import_formats()) {
    if (!format.recognises(candidate)) continue;
    try {
      const kata::ImportReading reading = format.read(candidate, options);
      for (const kata::ImportedRepetition& imported : reading.repetitions) {
        KATA_CHECK(!imported.repetition.frames.empty(), "an imported repetition has frames");
      }
    } catch (const kata::Error&) {
    }
    break;
  }
  return 0;
}
