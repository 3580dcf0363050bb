// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>

#include "kata/core/error.h"

namespace kata {

/// Finishes every output, also after one of them failed; the first failure is thrown then.
template <typename... Outputs>
void finish_outputs(Outputs&... outputs) {
  std::optional<Error> first;
  const auto finish = [&](auto& output) {
    try {
      output.finish();
    } catch (const Error& error) {
      if (!first) first = error;
    }
  };
  (finish(outputs), ...);
  if (first) throw Error(*first);
}

}  // namespace kata
