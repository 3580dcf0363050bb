# SPDX-License-Identifier: Apache-2.0
# Puts the page together: the pages of WEB, the module (PLAIN, and RELAXED for browsers that have relaxed SIMD), the networks, uPlot. Static files with relative addresses.
# Run as: cmake -DWEB=… -DPLAIN=… -DRELAXED=… -DMODELS=… -DLIST=models.json -DPLOT=… -DVERSION=… -DOUTPUT=… -P PublishPage.cmake

file(REMOVE_RECURSE "${OUTPUT}")
set(policy "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; img-src 'self' blob: data:; \
media-src 'self' blob: mediastream:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'")
file(READ "${WEB}/pages.json" list)
string(JSON pages LENGTH "${list}")
math(EXPR last "${pages} - 1")
foreach(index RANGE ${last})
  string(JSON name MEMBER "${list}" ${index})
  string(JSON path GET "${list}" ${name} path)
  string(JSON file GET "${list}" ${name} file)
  # The server says its policy in a header; a static host says none.
  file(READ "${WEB}/${file}" page)
  string(REGEX MATCH "href=\"([./]*)shared/" unused "${page}")
  string(REPLACE "<meta charset=\"utf-8\">" "<meta charset=\"utf-8\">
  <meta http-equiv=\"Content-Security-Policy\" content=\"${policy}\">
  <link rel=\"manifest\" href=\"${CMAKE_MATCH_1}manifest.webmanifest\">" page "${page}")
  file(WRITE "${OUTPUT}${path}index.html" "${page}")
endforeach()
file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE "${WEB}" "${WEB}/shared/*" "${WEB}/pages/*" "${WEB}/page/*")
foreach(file IN LISTS files)
  if(NOT file MATCHES "\\.(html|json|md)$")
    configure_file("${WEB}/${file}" "${OUTPUT}/${file}" COPYONLY)
  endif()
endforeach()
file(RENAME "${OUTPUT}/page/manifest.webmanifest" "${OUTPUT}/manifest.webmanifest")
file(RENAME "${OUTPUT}/page/worker_transport.js" "${OUTPUT}/shared/transport.js")
configure_file("${PLOT}/uPlot.iife.min.js" "${OUTPUT}/plot/uplot.js" COPYONLY)
configure_file("${PLOT}/uPlot.min.css" "${OUTPUT}/plot/uplot.css" COPYONLY)
configure_file("${PLAIN}" "${OUTPUT}/page/kata-${VERSION}.wasm" COPYONLY)
configure_file("${RELAXED}" "${OUTPUT}/page/kata-relaxed-${VERSION}.wasm" COPYONLY)
configure_file("${WEB}/../src/kata/find/foreign.bank" "${OUTPUT}/networks/foreign.bank" COPYONLY)
set(names "")
foreach(network pose_detection/pose_detection pose_landmark/pose_landmark_full palm_detection/palm_detection_full
    holistic_landmark/hand_recrop hand_landmark/hand_landmark_full face_detection/face_detection_short_range)
  get_filename_component(name ${network} NAME)
  configure_file("${MODELS}/mediapipe/modules/${network}.tflite" "${OUTPUT}/networks/${name}.tflite" COPYONLY)
  list(APPEND names "\"${name}.tflite\"")
endforeach()
list(JOIN names ", " names)

# The release is the hash of all files: a service worker of another release fetches all anew.
file(GLOB_RECURSE files LIST_DIRECTORIES false RELATIVE "${OUTPUT}" "${OUTPUT}/*")
list(REMOVE_ITEM files page/sw.js)
set(hashes "")
set(addresses "\"site.json\"")
foreach(file IN LISTS files)
  file(SHA256 "${OUTPUT}/${file}" hash)
  string(APPEND hashes "${file} ${hash}\n")
  string(REGEX REPLACE "(^|/)index.html$" "\\1" address "${file}")
  string(APPEND addresses ", \"./${address}\"")
endforeach()
string(SHA256 release "${hashes}")
string(SUBSTRING "${release}" 0 16 release)
file(READ "${WEB}/page/sw.js" worker)
string(REPLACE "kata-RELEASE" "${release}" worker "${worker}")
file(REMOVE "${OUTPUT}/page/sw.js")
file(WRITE "${OUTPUT}/sw.js" "${worker}")
file(WRITE "${OUTPUT}/site.json" "{\"version\": \"${VERSION}\", \"release\": \"${release}\", \"module\": \"page/kata-${VERSION}.wasm\",
 \"relaxed\": \"page/kata-relaxed-${VERSION}.wasm\",
 \"read_only\": false, \"crafts\": [], \"networks\": [${names}],\n \"files\": [${addresses}]}\n")
