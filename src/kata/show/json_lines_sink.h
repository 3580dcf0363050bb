// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "kata/show/sinks.h"

namespace kata {

/// The lines of watch_format.h: to a file that appears when complete, or to stdout for "-", where
/// each line is flushed because others are listening.
std::unique_ptr<VerdictSink> make_json_lines_sink(const std::string& target);

}  // namespace kata
