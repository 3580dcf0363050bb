// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>

#include "kata/core/error.h"
#include "kata/store/crc32.h"
#include "kata/store/landmark_blob.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // The checksum is made right: otherwise no changed input would come past it.
  std::string blob(reinterpret_cast<const char*>(data), size);
  const std::uint32_t crc = kata::crc32(blob);
  blob.append(reinterpret_cast<const char*>(&crc), sizeof(crc));
  try {
    const auto frames = kata::landmarks_from_blob(blob);
    KATA_CHECK(kata::landmarks_from_blob(kata::blob_from_landmarks(frames)).size() == frames.size(),
               "what was read can be stored");
  } catch (const kata::Error&) {
  }
  return 0;
}
