// SPDX-License-Identifier: Apache-2.0
#include "kata/input/opencv_module.h"

#include "kata/core/error.h"
#include "kata/core/module.h"

namespace kata {

const OpenCvModule& opencv_module() {
  static const OpenCvModule* const module = [] {
    try {
      const auto entry =
          reinterpret_cast<OpenCvModuleEntry>(load_module(KATA_OPENCV_MODULE, kOpenCvModuleName));
      return entry();
    } catch (const Error& error) {
      throw Error(ErrorCode::kUnsupported,
                  "the part of kata that reads pictures and cameras cannot be loaded, install kata "
                  "again: " +
                      std::string(error.what()));
    }
  }();
  return *module;
}

}  // namespace kata
