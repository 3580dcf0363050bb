// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "kata/craft/import_reading.h"

namespace kata {

/// Recognised by the header's names, or without a header by the number of columns.
bool is_track_csv(const ImportCandidate& candidate);
bool is_prototype_csv(const ImportCandidate& candidate);
bool is_web_csv(const ImportCandidate& candidate);

/// Reads any of the three.
ImportReading read_csv(const ImportCandidate& candidate, const ImportOptions& options);

/// For the message about a file that none of the formats recognises. Throws Error where the reason
/// is that it is no text.
std::string described_first_row(const ImportCandidate& candidate);

}  // namespace kata
