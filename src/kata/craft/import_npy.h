// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "kata/craft/import_reading.h"

namespace kata {

/// A folder with <label>/<sequence>/<frame>.npy in it, or the folder of one label.
bool is_npy_tree(const ImportCandidate& candidate);
ImportReading read_npy_tree(const ImportCandidate& candidate, const ImportOptions& options);

}  // namespace kata
