// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>

#include "kata/show/sinks.h"

namespace kata {

/// Open Sound Control over UDP to "HOST:PORT", for music and stage programs; the addresses are in
/// api/osc.md. Nobody needs to listen; that nobody does is a warning. Throws
/// Error{kInvalidArgument} for what is no HOST:PORT, Error{kUnavailable} for a host that cannot be
/// found or reached.
std::unique_ptr<VerdictSink> make_osc_sink(const std::string& target);

}  // namespace kata
